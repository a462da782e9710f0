import Notifier
import Rules

extension Health {
  /// For people.
  var text: String {
    var rows = [
      ["Seneste gennemgang", lastPass], ["Næste", nextPass],
      [
        "Sendt i dag",
        "\(danish(sentToday))    afventer \(danish(waiting.count))    mislykket \(danish(failed.count))    uvis \(danish(uncertain.count))",
      ],
    ]
    for mail in waiting + failed + uncertain {
      rows.append(["", mail.proof(policy).line(asSeenFrom: now.today)])
    }
    rows.append(["Registeret", register])
    rows.append([
      "Journalen",
      "\(counted(state.mails.count, "mail", "mails")), \(danish((journalSize + 512) / 1_024)) kB",
    ])
    return Columns.aligned(rows)
  }

  private var lastPass: String {
    let last =
      state.lastPass.map {
        "\($0.at.short(asSeenFrom: now.today)), \(counted($0.pass.cases, "sag", "sager")), \(counted($0.pass.clocks, "frist", "frister"))"
      } ?? "ingen endnu"
    guard let stop = state.stop else { return last }
    return
      "\(last); STANDSET siden \(stop.at.short(asSeenFrom: now.today)): \(stop.reason.danish)"
  }

  private var nextPass: String {
    if let service {
      let life = "seneste livstegn \(service.heartbeat.short(asSeenFrom: now.today))"
      return isOverdue
        ? "tjenesten HÆNGER (proces \(service.holder.process)), \(life)"
        : "når der er noget at gøre: tjenesten kører (proces \(service.holder.process)), \(life)"
    }
    if isOverdue {
      return "UDEBLEVET" + (nextExpected.map { ", ventet \($0.short(asSeenFrom: now.today))" } ?? "")
    }
    return nextExpected.map { $0.short(asSeenFrom: now.today) } ?? "ukendt, der har kun været én"
  }

  private var register: String {
    switch registerSource {
    case .command: "fra en kommando"
    case .file:
      registerWritten.map { "opdateret \($0.short(asSeenFrom: now.today))" }
        ?? "filen \(registerSource.name) mangler"
    }
  }

  /// Names and numbers for programs; ages in seconds.
  private var figures: [(name: String, help: String, value: Int64)] {
    var figures: [(String, String, Int64)] = [
      ("up", "1 while passes come and end well", exitCode == .unavailable ? 0 : 1),
      ("mails_sent_today", "mails that were taken over today", Int64(sentToday)),
      ("mails_waiting", "mails that are tried again", Int64(waiting.count)),
      ("mails_failed", "mails given up in the last 14 days", Int64(failed.count)),
      ("mails_uncertain", "mails of the last 14 days of which nobody knows", Int64(uncertain.count)),
      ("journal_bytes", "size of the journal", Int64(journalSize)),
      (
        "stopped", "1 while the latest pass sent nothing because of register or clock",
        state.stop == nil ? 0 : 1
      ),
    ]
    if let last = state.lastPass {
      figures += [
        ("last_pass_age_seconds", "time since the last finished pass", age(last.at)),
        ("cases", "cases in the last pass", Int64(last.pass.cases)),
        ("clocks", "deadlines in the last pass", Int64(last.pass.clocks)),
      ]
    }
    if let service {
      figures.append(("heartbeat_age_seconds", "time since the service's last cycle", age(service.heartbeat)))
    }
    if let registerWritten {
      figures.append(("register_age_seconds", "time since the register was written", age(registerWritten)))
    }
    return figures
  }

  /// The text format of Prometheus, for the textfile collector of its node exporter.
  var prometheus: String {
    figures.map { name, help, value in
      "# HELP fristvagt_\(name) \(help)\n# TYPE fristvagt_\(name) gauge\nfristvagt_\(name) \(value)\n"
    }.joined()
  }

  var json: String {
    "{" + figures.map { "\(JSON.string($0.name)): \($0.value)" }.joined(separator: ", ") + "}\n"
  }
}
