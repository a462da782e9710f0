/// The style sheet of the report.
enum ReportStyle {
  /// Colours keep a contrast of at least 4.5 to 1 in both schemes. Below 52 em and on paper columns stand
  /// closer together, so that a table of long names fits; below 40 em a table row becomes a card, its cells
  /// labelled from `data-label`; on paper everything is black and a row is never torn.
  static let css = """
    :root {
      --ink: #1b1f24; --paper: #ffffff; --soft: #5a6370; --line: #d5dae1; --wash: #f3f5f8;
      --high: #a61b1b; --middle: #8a4b00; --low: #1f5a8a;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e8eaed; --paper: #14171a; --soft: #a7b0bb; --line: #363c44; --wash: #1e2328;
        --high: #ff9a94; --middle: #f2b766; --low: #8cc4f4;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 64rem; color: var(--ink); background: var(--paper);
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    }
    h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; }
    header p { margin: .25rem 0 0; color: var(--soft); }
    h2 { margin: 2.5rem 0 .5rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); font-size: 1.25rem; }
    h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
    .figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
    .figures li {
      flex: 1 1 9rem; padding: .75rem 1rem; background: var(--wash); border-left: 4px solid var(--line);
      border-radius: .25rem;
    }
    .figures strong { display: block; font-size: 2rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
    .figures small { display: block; color: var(--soft); }
    .figures .high { border-color: var(--high); } .figures .high strong { color: var(--high); }
    .figures .middle { border-color: var(--middle); } .figures .middle strong { color: var(--middle); }
    .figures .low { border-color: var(--low); } .figures .low strong { color: var(--low); }
    table { width: 100%; border-collapse: collapse; }
    th, td { padding: .375rem .5rem; text-align: left; vertical-align: top; }
    h1, h2, h3, p, dd { overflow-wrap: anywhere; }
    .short { white-space: nowrap; }
    thead th { color: var(--soft); font-size: .8125rem; font-weight: 600; }
    tbody th { font-weight: 600; }
    tbody tr { border-top: 1px solid var(--line); }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    a { color: inherit; text-underline-offset: .15em; text-decoration-color: var(--soft); }
    figure { margin: 1rem 0 1.5rem; max-width: 34rem; }
    figcaption { font-weight: 600; }
    figure svg { display: block; width: 100%; height: auto; }
    svg .high { fill: var(--high); } svg .middle { fill: var(--middle); } svg .low { fill: var(--low); }
    svg text { font-size: 13px; text-anchor: middle; fill: var(--ink); }
    svg .label { fill: var(--soft); }
    svg .axis { stroke: var(--line); fill: none; }
    .chart caption {
      position: static; width: auto; height: auto; clip-path: none; white-space: normal; text-align: left;
      padding: 1rem 0 .25rem; font-weight: 600;
    }
    .chart { max-width: 34rem; margin-bottom: 1.5rem; }
    .spark { width: 7.5rem; height: 1.6rem; vertical-align: middle; fill: var(--high); }
    h2 small { color: var(--soft); font-weight: 400; }
    dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; }
    dt { color: var(--soft); } dd { margin: 0; }
    .more, footer { color: var(--soft); }
    footer { margin-top: 3rem; border-top: 1px solid var(--line); font-size: .875rem; }
    @media print, screen and (max-width: 52em) { th, td { padding-inline: .25rem; } }
    @media screen and (max-width: 40em) {
      thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      table, tbody, tr, td, tbody th { display: block; }
      tbody tr { padding: .5rem 0; }
      tbody td, tbody th, tbody .number { padding: .0625rem 0; text-align: left; white-space: normal; overflow-wrap: anywhere; }
      td:empty { display: none; }
      td::before { content: attr(data-label) ": "; color: var(--soft); }
    }
    @media print {
      :root { --ink: #000; --paper: #fff; --soft: #333; --line: #999; --wash: #fff; --high: #000; --middle: #000; --low: #000; }
      body { max-width: none; padding: 0; font-size: 10pt; }
      tr, .figures li { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
    }
    """
}
