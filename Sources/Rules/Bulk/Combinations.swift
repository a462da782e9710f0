/// What the rule book says of each combination of texts: which rules apply, and under which figure each is
/// counted.
package struct Combinations {
  /// One combination.
  struct Combination {
    /// The rules that apply, in ``Combinations/entries``.
    let entries: Range<Int>
    /// In ``Combinations/departments``.
    let department: Int
    /// True where the configuration does not know the department.
    let isUnknownDepartment: Bool
    /// True for cases that go the long way: those of which only the adviser may hear, which takes the name of
    /// each, and those that more rules fit than ``DayVerdicts/mostPerRow``.
    let isOdd: Bool
  }

  /// One rule on one combination.
  struct Entry {
    /// In the book.
    let rule: Int
    let plan: Int
    /// In ``Combinations/figures``.
    let figure: Int
    /// How far before it the earlier entries with the same id stand.
    let sameRule: [Int]
  }

  /// What a figure counts.
  package struct Figure: Hashable {
    /// In ``Combinations/departments``.
    package let department: Int
    package let rule: String
  }

  /// The same in words.
  package struct NamedFigure: Sendable {
    package let department: String
    package let rule: String
  }

  private(set) var combinations: [Combination] = []
  private(set) var entries: [Entry] = []
  /// True where some ``Combination/isUnknownDepartment``.
  private(set) var haveUnknownDepartments = false
  /// The texts of each combination; without number and caseworker, where no rule asks for them.
  package private(set) var fields: [FieldValues] = []
  /// The names under which cases are reported.
  package private(set) var departments = Numbering<String>()
  package private(set) var figures = Numbering<Figure>()

  /// By the numbers of the figures.
  package var namedFigures: [NamedFigure] {
    figures.values.map { NamedFigure(department: departments.values[$0.department], rule: $0.rule) }
  }

  private let layout: BulkLayout
  private let book: [Rule]
  /// For each rule of the book its first plan; those of its variants follow one another.
  private let firstPlans: [Int]
  private let organisation: Organisation
  private let reported: (String) -> String

  /// - Parameter reported: the name under which a department of the register is reported.
  init(
    _ layout: BulkLayout, _ book: [Rule], _ organisation: Organisation, reported: @escaping (String) -> String
  ) {
    self.layout = layout
    self.book = book
    self.organisation = organisation
    self.reported = reported
    var plans = 0
    firstPlans = book.map { rule in
      defer { plans += rule.variants.count }
      return plans
    }
  }

  /// Works out what holds for the combination with these bytes, the next in number.
  mutating func add(_ bytes: [UInt8]) {
    let texts = bytes.split(separator: layout.separator, omittingEmptySubsequences: false)
    var values = FieldValues()
    for (field, attribute) in layout.fields {
      values[field] = organisation.value(of: field, in: texts[attribute])
    }
    let department = departments.number(of: reported(values[.department]))
    let first = entries.count
    var needsNames = false
    for (index, rule) in book.enumerated() {
      guard let variant = rule.variantIndex(for: values) else { continue }
      if rule.confidentiality == .confidential || !rule.hasConsent(of: values) { needsNames = true }
      let sameRule = (first..<entries.count).filter { book[entries[$0].rule].id == rule.id }
        .map { entries.count - $0 }
      entries.append(
        Entry(
          rule: index, plan: firstPlans[index] + variant,
          figure: figures.number(of: Figure(department: department, rule: rule.id)), sameRule: sameRule))
    }
    fields.append(values)
    let isUnknown = organisation.isUnknown(department: values[.department])
    haveUnknownDepartments = haveUnknownDepartments || isUnknown
    combinations.append(
      Combination(
        entries: first..<entries.count, department: department, isUnknownDepartment: isUnknown,
        isOdd: needsNames || entries.count - first > DayVerdicts.mostPerRow))
  }
}
