import Glibc
import Scheduler

exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
