import Rules

/// The machine-readable side of a report: `counts.csv` and `overdue/AFDELING.csv`, both sorted, without
/// header.
package enum ReportTables {
  /// `afdeling;frist;tilstand;antal`, in byte order of the first three, which stand once: departments that
  /// read alike when they are masked are counted together.
  package static func counts(_ survey: Survey) -> String {
    let rows = survey.counts.map {
      ([SafeText.masked($0.key.department), $0.key.rule, $0.key.state.rawValue], $0.value)
    }
    return Dictionary(rows, uniquingKeysWith: +)
      .sorted { $0.key.lexicographicallyPrecedes($1.key, by: precedesInBytes) }
      .map { csvLine($0.key + [String($0.value)]) }.joined()
  }

  /// For each department that has a clock the exceeded ones, `forfald;sagsnr;frist`, sorted by all three;
  /// empty where none is exceeded. The name is that of the file in `overdue/`, without `.csv`.
  package static func overdue(_ survey: Survey) -> [OverdueList] {
    let names = Dictionary(grouping: survey.departments, by: FileName.department)
    return names.sorted { precedesInBytes($0.key, $1.key) }.map { name, departments in
      OverdueList(name: name, departments: departments, exceeded: survey.exceeded)
    }
  }
}
