// What browser.py asks of a page, answered in the page. Each fault is [key, text]; faults with one key are one fault that
// shows at several places, and browser.py says it once.
'use strict';

const HEADINGS = 'h1, h2, h3, h4, h5, h6';
const SHAPES = 'rect, circle, ellipse, path, polygon, polyline';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const tables = () => all('table').filter(table => !/^(none|presentation)$/.test(table.getAttribute('role') || ''));
const drawings = () => all('svg').filter(svg => !svg.parentElement.closest('svg'));
const speaking = () => drawings().filter(svg => !svg.closest('[aria-hidden="true"]'));
const faults = [];
const fault = (key, text) => faults.push([key, text]);

// --- how a fault names its place

const brief = text => (t => t.length > 48 ? `${t.slice(0, 48)}…` : t)(text.trim().replace(/\s+/g, ' '));

// Without ids, which differ where the fault is the same.
function pathOf(element) {
  const names = [];
  for (let e = element; e && e !== document.body && names.length < 3; e = e.parentElement) {
    names.unshift(e.localName + [...e.classList].map(name => `.${name}`).join(''));
  }
  return names.join(' > ');
}

function place(element) {
  const before = all(HEADINGS).filter(h => h.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
  return before ? ` (under »${brief(before.textContent)}«)` : '';
}

const quoted = element => `${pathOf(element)} »${brief(element.textContent)}«`;

// --- what is the same at every width

function structure() {
  checkHead();
  checkHeadings();
  checkSelfContained();
  checkReferences();
  tables().forEach(checkTable);
  speaking().filter(svg => svg.getAttribute('role') !== 'img')
    .forEach(svg => fault('', `${pathOf(svg)} has neither role=img nor aria-hidden=true${place(svg)}`));
  return { faults, tables: tables().length, svgs: drawings().length, headings: all(HEADINGS).length };
}

function checkHead() {
  if (document.documentElement.lang !== 'da') fault('', 'html has no lang=da');
  if (document.compatMode !== 'CSS1Compat') fault('', 'the page has no <!DOCTYPE html>');
  if (!document.title.trim()) fault('', 'the page has no title');
  const viewport = document.querySelector('meta[name=viewport]')?.content || '';
  if (!/width=device-width/.test(viewport)) fault('', 'no meta viewport with width=device-width');
  if (/user-scalable=(no|0)|maximum-scale/.test(viewport)) fault('', 'meta viewport forbids to enlarge the page');
}

function checkHeadings() {
  const ones = all('h1').length;
  if (ones !== 1) fault('', `the page has ${ones} h1, not one`);
  let last = 0;
  for (const heading of all(HEADINGS)) {
    const level = Number(heading.localName[1]);
    const named = `${heading.localName} »${brief(heading.textContent)}«`;
    if (level > last + 1) fault('', `${named} follows ${last ? `h${last}` : 'no h1'}`);
    if (!heading.textContent.trim()) fault('', `an empty ${heading.localName}${place(heading)}`);
    last = level;
  }
  all('section').filter(section => !all(HEADINGS, section).some(h => h.closest('section') === section))
    .forEach(section => fault('', `a section has no heading: ${quoted(section)}`));
}

function checkSelfContained() {
  const own = address => /^\s*(#|data:|$)/i.test(address);
  for (const element of all('*')) {
    for (const { name, value } of element.attributes) {
      const link = element.localName === 'a' && /^(xlink:)?href$/.test(name);
      if (/^on/.test(name)) fault('', `${pathOf(element)} has a handler ${name}`);
      if (/^(href|xlink:href|src|srcset|poster|data|action|formaction|ping)$/.test(name) && !link && !own(value)) {
        fault('', `${pathOf(element)} fetches ${name}=${value}`);
      }
      if (link && /^\s*javascript:/i.test(value)) fault('', `a link is a script: ${quoted(element)}`);
      if (name === 'style') checkStyle(value, pathOf(element));
    }
  }
  all('script').forEach(script => fault('', `a script element${place(script)}`));
  all('style').forEach(style => checkStyle(style.textContent, 'style'));
  performance.getEntriesByType('resource').forEach(entry => fault(entry.name, `the page asks for ${entry.name}`));
}

function checkStyle(text, where) {
  const fetched = text.match(/@import[^;]*|url\(\s*["']?(?!["']?\s*(#|data:))[^)]*\)?/i);
  if (fetched) fault('', `${where} fetches ${brief(fetched[0])}`);
}

function checkReferences() {
  const ids = all('[id]').map(element => element.id);
  unique(ids.filter((id, index) => ids.indexOf(id) !== index))
    .forEach(id => fault('', `the id »${id}« is used more than once`));
  const known = new Set(ids);
  for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'headers', 'for', 'href', 'xlink:href']) {
    for (const element of all(`[${name.replace(':', '\\:')}]`)) {
      let targets = element.getAttribute(name).trim().split(/\s+/);
      if (/href$/.test(name)) targets = targets.filter(t => /^#./.test(t)).map(t => decodeURIComponent(t.slice(1)));
      targets.filter(target => !known.has(target))
        .forEach(target => fault('', `${name} of ${pathOf(element)} refers to »${target}«, which is nowhere`));
    }
  }
}

const width = row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);

function checkTable(table) {
  const where = place(table);
  const heads = table.tHead ? [...table.tHead.rows] : [];
  if (!heads.length) return fault('', `a table has no thead${where}`);
  for (const cell of heads.flatMap(row => [...row.cells])) {
    if (cell.localName !== 'th' || !/^col(group)?$/.test(cell.scope)) {
      fault('', `a table's header cell »${brief(cell.textContent)}« is no th scope=col${where}`);
    }
    if (!cell.textContent.trim()) fault('', `a table has an empty header cell${where}`);
  }
  const columns = width(heads[0]);
  for (const row of table.rows) {
    const named = `»${brief(row.textContent)}«${where}`;
    if (width(row) !== columns) fault(`cells${where}`, `a row has ${width(row)} cells under ${columns} headers: ${named}`);
    if (row.parentElement === table.tHead) continue;
    const first = row.cells[0];
    if (first?.localName !== 'th' || first.scope !== 'row') {
      fault(`row${where}`, `a row does not begin with th scope=row: ${named}`);
    }
  }
}

// The elements that must have a role and a name; the browser itself tells which they have. The first row of each table
// stands for the others: a `display` of the style can take their roles from them.
function named() {
  const entry = (element, role, needsName) => [element, role, needsName, `${pathOf(element)}${place(element)}`];
  return [
    ...tables().map(table => entry(table, 'table', true)),
    ...tables().flatMap(table => [...(table.tBodies[0]?.rows[0]?.cells || [])].slice(0, 2))
      .map(cell => entry(cell, cell.localName === 'th' ? 'rowheader' : 'cell|gridcell', false)),
    ...speaking().map(svg => entry(svg, 'image|img', true)),
    ...all('a[href]').map(link => entry(link, 'link', true)),
  ].filter(([element]) => element.checkVisibility());
}

// What lies folded is checked too.
const openAll = () => all('details').forEach(details => { details.open = true; });

// --- what depends on the width, the colours and the medium

// `state` has width, print, and smallest: the least size of text in pixels.
function layout(state) {
  const root = document.documentElement;
  if (root.clientWidth !== state.width) fault('viewport', `the page is laid out ${root.clientWidth} px wide`);
  if (root.scrollWidth > state.width) fault('scroll', `the page is ${root.scrollWidth} px wide and scrolls sideways`);
  const shown = all('body, body *').filter(visible);
  const boxes = shown.filter(element => !element.parentElement.closest('svg'));
  checkRightEdge(boxes, state.width);
  boxes.forEach(checkClipped);
  const texts = shown.filter(hasText);
  texts.forEach(text => checkText(text, getComputedStyle(text), state));
  shown.forEach(element => checkPseudo(element, state));
  drawings().filter(visible).forEach(checkSvgTexts);
  return { faults, texts: texts.length };
}

const hasText = element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
const inSvg = element => element.namespaceURI === 'http://www.w3.org/2000/svg' && element.localName !== 'svg';

// Cut away to a point, so that only a screen reader finds it.
const tuckedAway = new Map();
function tucked(element) {
  if (!element) return false;
  if (!tuckedAway.has(element)) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const cut = style.clipPath !== 'none' || style.clip !== 'auto' || style.overflow === 'hidden';
    tuckedAway.set(element, tucked(element.parentElement) || (cut && box.width <= 2 && box.height <= 2));
  }
  return tuckedAway.get(element);
}

function visible(element) {
  const box = element.getBoundingClientRect();
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !tucked(element)
    && (box.width > 0 || box.height > 0);
}

function checkRightEdge(boxes, width) {
  const beyond = new Set(boxes.filter(element => {
    const box = element.getBoundingClientRect();
    return box.right > width + 1 || box.left < -1;
  }));
  // Only the innermost: what holds it goes beyond the edge because of it.
  for (const element of beyond) {
    if ([...element.children].some(child => beyond.has(child))) continue;
    const box = element.getBoundingClientRect();
    fault(`edge ${pathOf(element)}`, `reaches from ${Math.round(box.left)} to ${Math.round(box.right)} px of ${width}: `
      + `${quoted(element)}${place(element)}`);
  }
}

function checkClipped(element) {
  if (element.localName === 'svg' || !element.textContent.trim() || !element.clientWidth) return;
  const style = getComputedStyle(element);
  const wide = element.scrollWidth - element.clientWidth, high = element.scrollHeight - element.clientHeight;
  const cuts = overflow => overflow === 'hidden' || overflow === 'clip';
  if (wide > 1 && cuts(style.overflowX) || high > 1 && cuts(style.overflowY)) {
    fault(`clipped ${pathOf(element)}`, `text is cut off, ${wide} px wide and ${high} px high: `
      + `${quoted(element)}${place(element)}`);
  } else if (wide > 1 && hasText(element) && style.overflowX === 'visible') {
    fault(`leaves ${pathOf(element)}`, `text goes ${wide} px beyond its own box: ${quoted(element)}${place(element)}`);
  }
}

// --- text: its size and its contrast

const scaleOf = element => inSvg(element) ? (m => Math.sqrt(Math.abs(m.a * m.d - m.b * m.c)))(element.getScreenCTM()) : 1;

function checkText(element, style, state, pseudo = '') {
  const name = pathOf(element) + pseudo;
  const size = parseFloat(style.fontSize) * scaleOf(element);
  const named = `${name} »${brief(element.textContent)}«${place(element)}`;
  // A hundredth for what the scale of a drawing rounds away.
  if (size < state.smallest - 0.01) fault(`size ${name}`, `text is ${size.toFixed(1)} px: ${named}`);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const ink = inSvg(element) ? style.fill : style.color;
  for (const ground of groundsUnder(element, style, state.print, pseudo)) {
    if (!ground) {
      fault(`ground ${name}`, `lies on an image, its contrast cannot be told: ${named}`);
      continue;
    }
    const alpha = opacityOf(element) * (inSvg(element) ? Number(style.fillOpacity) : 1);
    const seen = over(colour(ink), ground, alpha), ratio = contrast(seen, ground), needed = large ? 3 : 4.5;
    if (ratio < needed) {
      fault(`contrast ${name} ${ink} ${ground}`, `contrast is ${ratio.toFixed(2)}, not ${needed}: ${hex(seen)} on `
        + `${hex(ground)}, ${named}`);
    }
  }
}

function checkPseudo(element, state) {
  for (const pseudo of ['::before', '::after']) {
    const style = getComputedStyle(element, pseudo);
    if (/^(none|normal)$/.test(style.content) || !/[^"\s]/.test(style.content) || style.display === 'none') continue;
    checkText(element, style, state, pseudo);
  }
}

const painter = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const colours = new Map();
// [red, green, blue, alpha] of any colour that CSS can name: the browser paints it.
function colour(css) {
  if (!colours.has(css)) {
    painter.clearRect(0, 0, 1, 1);
    painter.fillStyle = css;
    painter.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = painter.getImageData(0, 0, 1, 1).data;
    colours.set(css, [red, green, blue, alpha / 255]);
  }
  return colours.get(css);
}

function over(top, ground, opacity = 1) {
  const alpha = top[3] * opacity;
  return [0, 1, 2].map(i => top[i] * alpha + ground[i] * (1 - alpha));
}

const hex = rgb => `#${rgb.map(part => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function contrast(a, b) {
  const light = rgb => {
    const [red, green, blue] = rgb.map(part => part / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function opacityOf(element) {
  let opacity = 1;
  for (let e = element; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
  return opacity;
}

// The page where nothing is painted: white on paper, else what the colour scheme makes of it.
function canvas(print) {
  if (print) return [255, 255, 255];
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = 'Canvas';
  const found = colour(getComputedStyle(probe).color).slice(0, 3);
  probe.remove();
  return found;
}

const unique = list => [...new Map(list.map(entry => [String(entry), entry])).values()];
const paint = (grounds, inks) =>
  unique(grounds.flatMap(ground => inks.map(ink => ground && ink && over(colour(ink), ground))));

const COLOUR = /(?:rgba?|hsla?|color|oklch|oklab|lab|lch)\([^()]*\)/g;

// What the background of one element makes of the grounds beneath it. A gradient is each of its colours; an image is null.
// A browser prints no background unless the page insists.
function background(grounds, style, print) {
  if (print && style.printColorAdjust !== 'exact') return grounds;
  const painted = paint(grounds, [style.backgroundColor]);
  if (style.backgroundImage === 'none') return painted;
  return /url\(/.test(style.backgroundImage) ? [null] : paint(painted, style.backgroundImage.match(COLOUR) || []);
}

const groundsOf = new Map();
function htmlGrounds(element, print) {
  if (!element) return [canvas(print)];
  if (!groundsOf.has(element)) {
    // Inside a drawing backgrounds are not painted.
    const beneath = htmlGrounds(element.parentElement, print);
    groundsOf.set(element, inSvg(element) ? beneath : background(beneath, getComputedStyle(element), print));
  }
  return groundsOf.get(element);
}

function groundsUnder(element, style, print, pseudo) {
  const beneath = htmlGrounds(element, print);
  if (pseudo) return background(beneath, style, print);
  if (!inSvg(element)) return beneath;
  // A halo around the letters, painted before them, is their ground.
  if (/^stroke/.test(style.paintOrder) && style.stroke !== 'none') return paint(beneath, [style.stroke]);
  const shapes = all(SHAPES, drawings().find(svg => svg.contains(element))).filter(shape => visible(shape)
    && shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING
    && !shape.closest('defs, clipPath, mask, pattern, marker, symbol') && getComputedStyle(shape).fill !== 'none');
  return unique(pointsOf(element).flatMap(point => shapes.filter(shape => covers(shape, point))
    .reduce((under, shape) => paint(under, fillsOf(shape)), beneath)));
}

const onScreen = (element, x, y) => new DOMPoint(x, y).matrixTransform(element.getScreenCTM());
const covers = (shape, point) => shape.isPointInFill(point.matrixTransform(shape.getScreenCTM().inverse()));

// Points spread over a text of a drawing.
function pointsOf(text) {
  const { x, y, width, height } = text.getBBox();
  return [0.05, 0.275, 0.5, 0.725, 0.95].flatMap(across => [0.25, 0.5, 0.75]
    .map(down => onScreen(text, x + across * width, y + down * height)));
}

// The colours of a shape: one, or those of its gradient; null where it is a pattern.
function fillsOf(shape) {
  const style = getComputedStyle(shape), alpha = Number(style.fillOpacity) * opacityOf(shape);
  const reference = style.fill.match(/^url\("?#([^")]*)/);
  const stops = reference && all('stop', document.getElementById(reference[1]) || shape);
  const inks = reference ? stops.map(stop => getComputedStyle(stop).stopColor) : [style.fill];
  return inks.length ? inks.map(ink => (c => `rgba(${c[0]}, ${c[1]}, ${c[2]}, ${c[3] * alpha})`)(colour(ink))) : [null];
}

// --- the texts of a drawing

function checkSvgTexts(svg) {
  const frame = svg.getBoundingClientRect();
  const texts = all('text', svg).filter(text => visible(text) && text.textContent.trim());
  for (const text of texts) {
    const box = text.getBoundingClientRect();
    const out = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom);
    const far = `text leaves its drawing by ${out.toFixed(1)} px: ${quoted(text)}${place(svg)}`;
    if (out > 1) fault(`outside ${pathOf(text)}`, far);
  }
  const corners = texts.map(cornersOf);
  texts.forEach((text, one) => texts.slice(one + 1).forEach((other, rest) => {
    if (!overlap(corners[one], corners[one + 1 + rest])) return;
    const both = `»${brief(text.textContent)}« and »${brief(other.textContent)}«`;
    fault(`overlap ${both}`, `texts of a drawing overlap: ${both}, ${pathOf(text)}${place(svg)}`);
  }));
}

// The corners of a text as it lies, turned or not. A font's box is higher than its letters; the lines of a label may come
// closer than two such boxes.
function cornersOf(text) {
  const { x, y, width, height } = text.getBBox();
  const inset = Math.min(0.15 * parseFloat(getComputedStyle(text).fontSize), height / 3);
  return [[x, y + inset], [x + width, y + inset], [x + width, y + height - inset], [x, y + height - inset]]
    .map(([px, py]) => onScreen(text, px, py));
}

// Two rectangles are apart when a line along a side of one of them has each on its own side.
function overlap(a, b) {
  const apart = (p, q) => {
    const length = Math.hypot(q.x - p.x, q.y - p.y) || 1, axis = { x: (q.x - p.x) / length, y: (q.y - p.y) / length };
    const [ofA, ofB] = [a, b].map(corners => corners.map(corner => corner.x * axis.x + corner.y * axis.y));
    return Math.max(...ofA) <= Math.min(...ofB) + 0.5 || Math.max(...ofB) <= Math.min(...ofA) + 0.5;
  };
  return ![a, b].some(corners => apart(corners[0], corners[1]) || apart(corners[1], corners[2]));
}
