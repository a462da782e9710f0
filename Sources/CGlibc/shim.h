// What of the C library the module Glibc leaves out: malloc.h, and of sched.h what Linux alone has.
#define _GNU_SOURCE
#include <malloc.h>
#include <sched.h>
