/// The exit codes of the program, from sysexits.h.
package enum ExitCode: Int32, Sendable {
  case ok = 0
  /// EX_USAGE: the command line.
  case usage = 64
  /// EX_DATAERR: the register, or a row of it.
  case data = 65
  /// EX_NOINPUT: the register cannot be read.
  case noInput = 66
  /// EX_UNAVAILABLE: passes do not come, or come to nothing; of `status` alone.
  case unavailable = 69
  /// EX_OSFILE: the journal is damaged.
  case stateFile = 72
  /// EX_IOERR: a file cannot be written.
  case ioError = 74
  /// EX_TEMPFAIL: a mail was not accepted, or another process is at work; try again.
  case temporary = 75
  /// EX_CONFIG: the configuration or a rule.
  case configuration = 78
}
