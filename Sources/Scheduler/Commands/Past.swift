import Notifier
import Rules

/// What a command that touches no state finds in the state folder.
struct Past {
  /// What was told before now; nil where nothing was, where it cannot be read, and of a ledger that knows of a later time:
  /// that says nothing about this one.
  let ledger: Ledger?
  let state: JournalState
  /// What to hold a pass against; nil where there is nothing, which spares a large register the work.
  func pass(_ setup: Setup) -> LedgerPass? { ledger.map { LedgerPass($0, now: setup.now) } }

  /// Not ok where the journal cannot be read; that was printed.
  let code: ExitCode

  init(_ setup: Setup, in world: World) {
    do throws(LedgerFault) {
      let ledger = try LedgerFile(setup.configuration, files: world.files).read()
      self.ledger = ledger.flatMap { $0.newest.localSeconds <= setup.now.lastSecond ? $0 : nil }
    } catch {
      world.report(error.problem)
      ledger = nil
    }
    do throws(JournalFault) {
      (state, code) = (try JournalReplay(setup.configuration, files: world.files).state, .ok)
    } catch {
      (state, code) = (JournalState(), TickFault.journal(error).report(in: world))
    }
  }
}
