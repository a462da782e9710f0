import Notifier
import Rules

/// What a command that touches no state finds in the state folder.
struct Past {
  /// What was told before now; nil where nothing was, where it cannot be read, and of a ledger that knows of
  /// a later time: that says nothing about this one.
  let ledger: Ledger?
  let state: JournalState
  /// Not ok where one of them cannot be read; that was printed.
  let code: ExitCode

  init(_ setup: Setup, in world: World) {
    var code = ExitCode.ok
    var ledger: Ledger?
    var witness: JournalWitness?
    do throws(LedgerFault) {
      let stored = try LedgerFile(setup.configuration, files: world.files).read()
      (ledger, witness) = (stored?.ledger, stored?.witness)
    } catch {
      witness = .unreadable
      world.report(error.problem)
      code = .stateFile
    }
    self.ledger = ledger.flatMap { $0.newest.localSeconds <= setup.now.lastSecond ? $0 : nil }
    do throws(JournalFault) {
      state = try JournalReplay(setup.configuration, files: world.files, beside: witness).state
    } catch {
      state = JournalState()
      code = TickFault.journal(error).report(in: world)
    }
    self.code = code
  }
}
