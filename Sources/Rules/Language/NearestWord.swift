/// The one of `words` that was most likely meant by `word`, or nil when none is close.
///
/// Close means that at most a third of the letters were changed, left out, added or swapped with their
/// neighbour.
package func nearest(to word: String, among words: some Sequence<String>) -> String? {
  let allowed = max(1, word.count / 3)
  return words.map { ($0, letterDistance(word, $0)) }
    .filter { $0.1 <= allowed }
    .min { $0.1 < $1.1 }?.0
}

/// `; did you mean "varsel"?` where something is close, otherwise the whole list to choose from.
package func suggestion(for word: String, among words: [String]) -> String {
  if let near = nearest(to: word, among: words) { return "; did you mean \"\(near)\"?" }
  return "; write one of: " + words.joined(separator: ", ")
}

/// The number of letters to change, insert, remove or swap with a neighbour to turn `a` into `b`
/// (optimal string alignment).
package func letterDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a), Array(b))
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
