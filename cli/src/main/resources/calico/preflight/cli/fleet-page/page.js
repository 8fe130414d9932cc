'use strict';
// Shows the data of this page. Every text in it may come from a stranger: texts become text nodes and nothing else.
(() => {
  const data = JSON.parse(byId('data').textContent);

  /** How each outcome is shown; the sign is that of the text report. */
  const LOOKS = {
    PASS: {sign: '✓', look: 'pass', rank: 0},
    WARN: {sign: '!', look: 'warn', rank: 1},
    FAIL: {sign: '✗', look: 'fail', rank: 3},
    UNKNOWN: {sign: '?', look: 'unknown', rank: 2},
    NOT_APPLICABLE: {sign: '-', look: 'not-applicable', rank: 0},
  };
  const WORST_FIRST = ['FAIL', 'UNKNOWN', 'WARN', 'PASS', 'NOT_APPLICABLE'];
  const UNREADABLE = 'unreadable';

  /** How many rows are made beyond those in sight, and how many at most on paper. */
  const ROWS_AHEAD = 12;
  const MOST_PRINTED = 1000;

  /** How many groups, and names of hosts of each, are shown at first. */
  const FIRST_GROUPS = 20;
  const FIRST_NAMES = 10;

  const requirements = data.requirements.map(([id, title, level, document, section, url]) => ({
    id: text(id), title: text(title), level: text(level), document: text(document), section: text(section), url: text(url),
  }));
  const columns = requirements.slice(0, data.columns);

  const findings = data.findings.map(([requirement, outcome, words, evidence, notes, rules, amended, addedBy]) => ({
    requirement, outcome: data.outcomes[outcome], words, evidence, notes, rules, amended, addedBy,
  }));

  const hosts = data.hosts.map(([name, place, outcome, group, about, unusual], number) => ({
    number,
    name: text(name),
    place: text(place),
    outcome: data.outcomes[outcome],
    group,
    about,
    unusual,
    readable: about.length > 1,
    searched: (text(name) + '\n' + text(place)).toLowerCase(),
  }));

  /** The outcome of a host on a requirement by number: one byte for each, 255 where nothing was judged. */
  const NOT_JUDGED = 255;
  const NOT_APPLICABLE = data.outcomes.indexOf('NOT_APPLICABLE');
  const cells = new Uint8Array(hosts.length * columns.length).fill(NOT_JUDGED);
  for (const host of hosts) {
    for (const finding of findingsOf(host)) {
      const {requirement, outcome} = findings[finding];
      cells[host.number * columns.length + requirement] = data.outcomes.indexOf(outcome);
    }
  }

  function byId(id) {
    return document.getElementById(id);
  }

  function text(number) {
    return data.texts[number];
  }

  /** The numbers of the findings of a host, in the order of the requirements. */
  function findingsOf(host) {
    if (!host.readable) {
      return [];
    }
    const all = data.usual.slice();
    for (const finding of host.unusual) {
      all[findings[finding].requirement] = finding;
    }
    return all;
  }

  function outcomeOf(host, column) {
    return data.outcomes[cells[host.number * columns.length + column]];
  }

  /** An element with attributes and children, of which texts stay texts. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  /** A link to elsewhere, or only its words where the address is of no kind that may be followed. */
  function link(words, url) {
    return /^https?:\/\//i.test(url) ? make('a', {href: url, rel: 'noreferrer noopener'}, words) : words;
  }

  function count(number, noun) {
    return number + ' ' + noun + (number === 1 ? '' : 's');
  }

  function sign(outcome) {
    return make('span', {'aria-hidden': 'true'}, LOOKS[outcome].sign + ' ');
  }

  function badge(outcome, more) {
    return make('span', {class: 'badge ' + LOOKS[outcome].look}, sign(outcome), outcome + (more || ''));
  }

  function hostLink(host, requirement) {
    const to = '#host-' + host.number + (requirement === undefined ? '' : '-requirement-' + requirement);
    return make('a', {href: to}, host.name);
  }

  // ---- Findings ----

  /** A finding in full; one that passed or does not apply has its evidence folded. */
  function article(finding, heading, id) {
    const {requirement, outcome, words, evidence, notes, rules, amended, addedBy} = finding;
    const asked = requirements[requirement];
    const [reason, expected, remedy] = words.map(text);
    const met = outcome === 'PASS' || outcome === 'NOT_APPLICABLE';
    const list = make('dl', {});
    const entry = (label, ...what) => list.append(make('dt', {}, label), make('dd', {}, ...what));
    if (expected) {
      entry('expected', expected);
    }
    if (evidence.length > 0) {
      const seen = make('ul', {class: 'bare'});
      for (let i = 0; i < evidence.length; i += 3) {
        const [fact, value, origin] = evidence.slice(i, i + 3).map(text);
        seen.append(make('li', {}, make('code', {}, fact), ': ', make('span', {class: 'apart'}, value),
            ...(origin ? [make('span', {class: 'origin'}, ' (', make('span', {class: 'apart'}, origin), ')')] : [])));
      }
      entry('evidence', seen);
    }
    const section = asked.section ? asked.document + ', "' + asked.section + '"' : asked.document;
    entry('asked by', link(section, asked.url), ' (' + asked.level + ')');
    addedBy.forEach(advisory => entry('added by', text(advisory)));
    for (let i = 0; i < amended.length; i += 8) {
      const [advisory, title, from, to, because, source, url, note] = amended.slice(i, i + 8).map(text);
      entry('amended by', advisory + ': ' + title + ' (' + from + ' to ' + to + '). ' + because + ' ' + note + ' ',
          link(source, url));
    }
    notes.forEach(note => entry('note', text(note)));
    if (rules.length > 0) {
      entry('rules', make('ol', {}, ...rules.map(rule => make('li', {}, text(rule)))));
    }
    if (remedy && !met) {
      entry('remedy', remedy);
    }
    const folded = make('details', {}, make('summary', {}, 'expected, evidence and origin of ' + asked.id), list);
    return make('article', {class: 'of-' + LOOKS[outcome].look},
        make(heading, id ? {id, tabindex: '-1'} : {}, badge(outcome), ' ', make('code', {}, asked.id)),
        make('p', {class: 'subject'}, asked.title),
        make('p', {}, reason && !reason.endsWith('.') ? reason + '.' : reason),
        met ? folded : list);
  }

  // ---- The fleet ----

  function head() {
    byId('verdict').textContent = data.verdict;
    byId('target').textContent = data.target;
    byId('rules').textContent = data.rules;
    byId('tool').textContent = data.tool.name + ' ' + data.tool.version;
    for (const outcome of WORST_FIRST) {
      const number = hosts.filter(host => host.readable && host.outcome === outcome).length;
      if (number > 0) {
        byId('counts').append(make('li', {}, badge(outcome, ': ' + count(number, 'host'))));
      }
    }
    const unreadable = hosts.filter(host => !host.readable).length;
    if (unreadable > 0) {
      byId('counts').append(make('li', {}, badge('UNKNOWN', ', unreadable: ' + count(unreadable, 'host'))));
    }
  }

  function across() {
    const worst = data.across.map(number => findings[number])
        .sort((one, other) => WORST_FIRST.indexOf(one.outcome) - WORST_FIRST.indexOf(other.outcome));
    byId('across-list').append(...worst.map(finding => article(finding, 'h3')));
    if (worst.length === 0) {
      byId('across-list').append(make('p', {}, 'Nothing is compared across hosts for this target.'));
    }
  }

  const members = data.groups.map(() => []);
  for (const host of hosts) {
    if (host.group >= 0) {
      members[host.group].push(host);
    }
  }

  function groups() {
    const list = byId('group-list');
    if (data.groups.length === 0) {
      list.append(make('p', {}, 'No host failed.'));
      return;
    }
    data.groups.forEach((failed, number) => byId('filter-group').append(
        make('option', {value: String(number)}, groupName(number))));
    list.append(...data.groups.slice(0, FIRST_GROUPS).map(group));
    const rest = data.groups.length - FIRST_GROUPS;
    if (rest > 0) {
      const all = make('button', {type: 'button'}, 'Show ' + count(rest, 'more group'));
      all.addEventListener('click', () => {
        const more = data.groups.slice(FIRST_GROUPS).map((failed, i) => group(failed, i + FIRST_GROUPS));
        all.replaceWith(...more);
        more[0].querySelector('h3').focus();
      });
      list.append(all);
    }
    if (data.hostsOfOtherGroups > 0) {
      list.append(make('p', {}, count(data.hostsOfOtherGroups, 'more host') + ' failed in yet other ways.'));
    }
  }

  function groupName(number) {
    return 'Group ' + (number + 1) + ': ' + count(members[number].length, 'host');
  }

  function group(failed, number) {
    const byRemedy = new Map();
    for (let i = 0; i < failed.length; i += 2) {
      const remedy = text(failed[i + 1]);
      byRemedy.set(remedy, [...byRemedy.get(remedy) || [], requirements[failed[i]].id]);
    }
    const names = make('p', {});
    members[number].slice(0, FIRST_NAMES).forEach((host, i) => names.append(i > 0 ? ', ' : '', hostLink(host)));
    const more = members[number].length - FIRST_NAMES;
    names.append(more > 0 ? ' and ' + more + ' more' : '');
    const list = make('dl', {});
    byRemedy.forEach((ids, remedy) => {
      const codes = ids.flatMap((id, i) => [i > 0 ? ', ' : '', make('code', {}, id)]);
      list.append(make('dt', {}, 'fail'), make('dd', {}, ...codes), make('dt', {}, 'remedy'), make('dd', {}, remedy));
    });
    const show = make('button', {type: 'button', 'aria-label': 'Show group ' + (number + 1) + ' among the hosts'},
        'Show among the hosts');
    show.addEventListener('click', () => showOnly(() => {
      byId('filter-group').value = String(number);
    }));
    return make('article', {class: 'of-fail'}, make('h3', {tabindex: '-1'}, groupName(number)), names, list, show);
  }

  /** The requirements with how many hosts have which outcome; those that fail most first. */
  function requirementTable() {
    const counts = columns.map(() => data.outcomes.map(() => 0));
    for (const host of hosts) {
      for (let column = 0; column < columns.length && host.readable; column++) {
        counts[column][cells[host.number * columns.length + column]]++;
      }
    }
    byId('requirement-head').append(make('tr', {},
        make('th', {scope: 'col'}, 'Requirement'),
        ...WORST_FIRST.map(outcome => make('th', {scope: 'col', class: 'number'}, badge(outcome))),
        make('th', {scope: 'col'}, 'Asked by')));
    const fails = data.outcomes.indexOf('FAIL');
    const order = columns.map((any, column) => column)
        .sort((one, other) => counts[other][fails] - counts[one][fails] || one - other);
    for (const column of order) {
      const {id, title, level, document: asked, section, url} = columns[column];
      const row = make('tr', {id: 'requirement-' + column, tabindex: '-1'},
          make('th', {scope: 'row'}, make('code', {}, id), make('br', {}), title));
      for (const outcome of WORST_FIRST) {
        const number = counts[column][data.outcomes.indexOf(outcome)];
        const cell = make('td', {class: 'number'}, String(number));
        if (number > 0 && LOOKS[outcome].rank > 0) {
          const show = make('button', {type: 'button',
            'aria-label': count(number, 'host') + ': ' + outcome + ' on ' + id + ', show them'}, String(number));
          show.addEventListener('click', () => showOnly(() => {
            byId('filter-requirement').value = id;
            byId('outcome-' + outcome).checked = true;
          }));
          cell.replaceChildren(show);
        }
        row.append(cell);
      }
      row.append(make('td', {}, link(section ? asked + ', "' + section + '"' : asked, url), ' (' + level + ')'));
      byId('requirement-rows').append(row);
    }
  }

  function unreadable() {
    const list = hosts.filter(host => !host.readable);
    byId('unreadable-list').append(list.length === 0
        ? make('p', {}, 'All hosts could be read.')
        : make('dl', {}, ...list.flatMap(host =>
            [make('dt', {}, hostLink(host)), make('dd', {}, text(host.about[0]))])));
  }

  // ---- The filters ----

  const filters = byId('filters');
  let shown = [];
  let visible = [];

  function prepareFilters() {
    byId('requirement-ids').append(...columns.map(column => make('option', {value: column.id})));
    for (const word of [...WORST_FIRST, UNREADABLE]) {
      byId('filter-outcomes').insertBefore(
          make('label', {class: 'check'}, make('input', {type: 'checkbox', id: 'outcome-' + word, value: word}), word),
          byId('filter-outcomes-hint'));
    }
    byId('legend').append(
        ...WORST_FIRST.map(outcome => make('span', {},
            make('b', {class: LOOKS[outcome].look, 'aria-hidden': 'true'}, LOOKS[outcome].sign), outcome)),
        make('span', {}, 'empty: not judged'));
    filters.addEventListener('input', filter);
    filters.addEventListener('reset', () => setTimeout(filter));
    filters.addEventListener('submit', event => event.preventDefault());
  }

  /** Shows hosts that are chosen by something outside of the filters. */
  function showOnly(choose) {
    filters.reset();
    choose();
    filter();
    byId('hosts').scrollIntoView();
    byId('hosts-heading').focus({preventScroll: true});
  }

  function filter() {
    const part = byId('filter-host').value.trim().toLowerCase();
    const asked = byId('filter-requirement').value.trim().toLowerCase();
    const group = byId('filter-group').value;
    const wanted = new Set([...filters.querySelectorAll('#filter-outcomes input:checked')].map(box => box.value));
    const all = columns.map((any, column) => column);
    const exact = all.filter(column => columns[column].id.toLowerCase() === asked);
    const matching = exact.length > 0 ? exact : all.filter(column => columns[column].id.toLowerCase().includes(asked));
    shown = hosts.filter(host => host.searched.includes(part)
        && (group === '' || host.group === Number(group))
        && (wanted.size === 0 || isWanted(host, wanted, asked === '' ? undefined : matching)));
    sort();
    const applying = asked === '' ? matching.filter(column => shown.some(host => applies(host, column))) : matching;
    const before = visible.join();
    visible = byId('unmet').checked
      ? applying.filter(column => shown.some(host => LOOKS[outcomeOf(host, column)]?.rank > 0))
      : applying;
    const others = matching.length - applying.length;
    byId('shown').textContent = shown.length + ' of ' + count(hosts.length, 'host') + (shown.length === 0 ? '' : ', '
        + visible.length + ' of ' + count(columns.length, 'requirement')
        + (others > 0 ? '; ' + others + ' apply to none of these hosts' : ''));
    if (before !== visible.join() || byId('head').childElementCount === 0) {
      gridHead();
    }
    active = {row: 0, column: 0};
    byId('map').scrollTop = 0;
    byId('map').hidden = shown.length === 0;
    byId('told').textContent = '';
    redraw();
  }

  function applies(host, column) {
    const outcome = cells[host.number * columns.length + column];
    return outcome !== NOT_JUDGED && outcome !== NOT_APPLICABLE;
  }

  function isWanted(host, wanted, among) {
    if (!host.readable) {
      return wanted.has(UNREADABLE);
    }
    return among ? among.some(column => wanted.has(outcomeOf(host, column))) : wanted.has(host.outcome);
  }

  function sort() {
    const order = byId('order').value;
    if (order === 'name') {
      const names = new Intl.Collator('en', {numeric: true});
      shown.sort((one, other) => names.compare(one.name, other.name));
    } else if (order === 'worst') {
      const fails = data.outcomes.indexOf('FAIL');
      const failed = host => cells.subarray(host.number * columns.length, (host.number + 1) * columns.length)
          .reduce((sum, outcome) => sum + (outcome === fails ? 1 : 0), 0);
      const worth = new Map(shown.map(host => [host, LOOKS[host.outcome].rank * 1e6 + failed(host)]));
      shown.sort((one, other) => worth.get(other) - worth.get(one));
    }
  }

  // ---- The table of hosts and requirements: only the rows in sight are there ----

  const map = byId('map');
  const rows = byId('rows');
  let from = 0;
  let rowHeight = 0;
  let printing = false;

  /** The cell that has the focus, or gets it: row -1 is the head; column 0 the host, column 1 its outcome. */
  let active = {row: 0, column: 0};

  /** A row of no host, to be copied and filled. */
  let blank;

  function gridHead() {
    const row = make('tr', {'aria-rowindex': '1'},
        make('th', {scope: 'col', tabindex: '-1'}, 'host'),
        make('th', {scope: 'col', tabindex: '-1'}, make('span', {}, 'all of the host')));
    for (const column of visible) {
      const {id, title} = columns[column];
      row.append(make('th', {scope: 'col'},
          make('a', {href: '#requirement-' + column, tabindex: '-1', title: id + ': ' + title}, id)));
    }
    byId('head').replaceChildren(row);
    rows.replaceChildren();
    blank = make('tr', {},
        make('th', {scope: 'row'}, make('a', {tabindex: '-1'})),
        make('td', {tabindex: '-1'}),
        ...visible.map(() => make('td', {tabindex: '-1'})));
    byId('grid').setAttribute('aria-colcount', String(visible.length + 2));
  }

  function gridRow(index) {
    const row = blank.cloneNode(true);
    fill(row, index);
    return row;
  }

  /** Has a row show a host; only what differs is touched, since laying out cells anew takes the most time. */
  function fill(row, index) {
    const host = shown[index];
    row.setAttribute('aria-rowindex', String(index + 2));
    const anchor = row.firstElementChild.firstElementChild;
    anchor.textContent = host.name;
    anchor.setAttribute('href', '#host-' + host.number);
    anchor.setAttribute('title', host.name);
    let cell = row.children[1];
    fillCell(cell, host.outcome, host.readable ? host.outcome : 'UNKNOWN, could not be read');
    for (const column of visible) {
      cell = cell.nextElementSibling;
      const outcome = outcomeOf(host, column);
      fillCell(cell, outcome, outcome || 'not judged');
    }
  }

  function fillCell(cell, outcome, label) {
    const {look, sign: mark} = LOOKS[outcome] || {look: 'unjudged', sign: ''};
    if (cell.className !== look) {
      cell.className = look;
      cell.textContent = mark;
    }
    if (cell.getAttribute('aria-label') !== label) {
      cell.setAttribute('aria-label', label);
    }
  }

  /** Shows the first of other hosts, in the rows that are there. */
  function redraw() {
    from = 0;
    byId('grid').setAttribute('aria-rowcount', String(shown.length + 1));
    [...rows.children].forEach((row, index) => index < shown.length ? fill(row, index) : row.remove());
    draw();
  }

  /** Makes the rows that came in sight, and leaves those that went out of it. */
  function draw() {
    if (shown.length === 0 || byId('fleet').hidden && !printing) {
      return;
    }
    if (rowHeight === 0) {
      rows.append(gridRow(0));
      rowHeight = rows.firstElementChild.getBoundingClientRect().height;
      rows.replaceChildren();
    }
    const inSight = Math.min(shown.length - 1, Math.floor(map.scrollTop / rowHeight));
    const first = printing ? 0 : Math.max(0, inSight - ROWS_AHEAD);
    const end = Math.min(shown.length, printing ? MOST_PRINTED
      : Math.ceil((map.scrollTop + map.clientHeight) / rowHeight) + ROWS_AHEAD);
    const to = from + rows.childElementCount;
    if (first >= to || end <= from) {
      rows.replaceChildren();
      from = first;
    }
    while (from < first) {
      rows.firstElementChild.remove();
      from++;
    }
    while (from + rows.childElementCount > end) {
      rows.lastElementChild.remove();
    }
    while (from > first) {
      from--;
      rows.prepend(gridRow(from));
    }
    for (let index = from + rows.childElementCount; index < end; index++) {
      rows.append(gridRow(index));
    }
    byId('above').style.height = from * rowHeight + 'px';
    byId('below').style.height = (shown.length - end) * rowHeight + 'px';
    byId('above').parentElement.hidden = from === 0;
    byId('below').parentElement.hidden = end === shown.length;
    keepReachable();
  }

  /** What takes the focus in a cell: a link in it, or the cell. */
  function target(row, column) {
    const line = row < 0 ? byId('head').firstElementChild : rows.children[row - from];
    const cell = line?.children[column];
    return cell?.querySelector('a') || cell;
  }

  /** Exactly one cell can be reached by Tab: the active one, or one in sight where that is not there. */
  function keepReachable() {
    map.querySelectorAll('[tabindex="0"]').forEach(element => element.setAttribute('tabindex', '-1'));
    const there = target(active.row, active.column) || target(Math.min(from + ROWS_AHEAD, shown.length - 1), active.column);
    there?.setAttribute('tabindex', '0');
  }

  function activate(row, column) {
    active = {
      row: Math.max(-1, Math.min(shown.length - 1, row)),
      column: Math.max(0, Math.min(visible.length + 1, column)),
    };
    const headHeight = byId('head').getBoundingClientRect().height;
    const room = map.clientHeight - headHeight;
    if (active.row >= 0 && active.row * rowHeight < map.scrollTop) {
      map.scrollTop = active.row * rowHeight;
    } else if (active.row >= 0 && (active.row + 1) * rowHeight > map.scrollTop + room) {
      map.scrollTop = (active.row + 1) * rowHeight - room;
    }
    draw();
    const element = target(active.row, active.column);
    const firstWidth = byId('head').firstElementChild.firstElementChild.getBoundingClientRect().width;
    map.style.scrollPadding = headHeight + 'px 0 0 ' + firstWidth + 'px';
    element.focus({preventScroll: true});
    element.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }

  /** The place in the table that an event happened at; nothing: at none. */
  function placeOf(event) {
    const cell = event.target.closest?.('th, td');
    const line = cell?.parentElement;
    if (!line || line.closest('.space')) {
      return undefined;
    }
    const row = line.parentElement === rows ? from + [...rows.children].indexOf(line) : -1;
    return {row, column: [...line.children].indexOf(cell)};
  }

  /** Tells in words what the cell says. */
  function tell({row, column}) {
    const asked = columns[visible[column - 2]];
    const host = shown[row];
    if (host && !host.readable) {
      byId('told').textContent = host.name + ': could not be read. ' + text(host.about[0]);
    } else if (host && asked) {
      const finding = findings[findingsOf(host)[visible[column - 2]]];
      byId('told').textContent =
          host.name + ', ' + asked.id + ': ' + finding.outcome + '. ' + text(finding.words[0]);
    } else if (host) {
      byId('told').textContent = host.name + ': ' + host.outcome + (host.place === host.name ? '' : ' (' + host.place + ')');
    } else if (asked) {
      byId('told').textContent = asked.id + ': ' + asked.title;
    }
  }

  function open({row, column}) {
    const host = shown[row];
    if (host) {
      location.hash = hostLink(host, visible[column - 2]).getAttribute('href');
    }
  }

  function prepareGrid() {
    map.addEventListener('scroll', draw, {passive: true});
    new ResizeObserver(() => {
      // While a host is shown the table has no size, and keeps its rows to come back to.
      if (map.clientHeight > 0 && !printing) {
        rowHeight = rows.firstElementChild?.getBoundingClientRect().height || rowHeight;
        draw();
      }
    }).observe(map);
    map.addEventListener('keydown', event => {
      const {row, column} = active;
      const page = Math.max(1, Math.floor((map.clientHeight - byId('head').clientHeight) / rowHeight) - 1);
      const moves = {
        ArrowUp: [row - 1, column],
        ArrowDown: [row + 1, column],
        ArrowLeft: [row, column - 1],
        ArrowRight: [row, column + 1],
        PageUp: [Math.max(0, row - page), column],
        PageDown: [row + page, column],
        Home: event.ctrlKey ? [0, 0] : [row, 0],
        End: event.ctrlKey ? [shown.length - 1, visible.length + 1] : [row, visible.length + 1],
      };
      const move = moves[event.key];
      if (move && !event.altKey && !event.metaKey) {
        event.preventDefault();
        activate(...move);
      } else if ((event.key === 'Enter' || event.key === ' ') && event.target.matches('td')) {
        event.preventDefault();
        open(active);
      }
    });
    map.addEventListener('focusin', event => {
      const place = placeOf(event);
      if (place) {
        active = place;
        keepReachable();
        tell(place);
      }
    });
    map.addEventListener('mouseover', event => {
      const place = placeOf(event);
      if (place) {
        tell(place);
      }
    });
    map.addEventListener('click', event => {
      const place = placeOf(event);
      if (place && event.target.matches('td')) {
        active = place;
        open(place);
      }
    });
  }

  // ---- One host ----

  function hostView(host) {
    const position = shown.indexOf(host);
    const trail = make('nav', {'aria-label': 'Hosts'}, make('ul', {class: 'trail'},
        make('li', {}, make('a', {href: '#hosts', id: 'all-hosts'}, 'All hosts'))));
    const beside = (other, words) => {
      if (other) {
        const anchor = hostLink(other);
        anchor.prepend(words + ': ');
        trail.firstElementChild.append(make('li', {}, anchor));
      }
    };
    if (position >= 0) {
      beside(shown[position - 1], 'previous');
      beside(shown[position + 1], 'next');
    }
    const view = [trail, make('h1', {tabindex: '-1', class: 'apart'}, host.name)];
    if (!host.readable) {
      view.push(
          make('p', {}, badge('UNKNOWN'), ' This host could not be read, so nothing of it was judged.'),
          make('dl', {}, make('dt', {}, 'place'), make('dd', {}, host.place),
              make('dt', {}, 'reason'), make('dd', {}, text(host.about[0]))));
      return view;
    }
    const all = findingsOf(host).map(number => findings[number]);
    const [source, collected, distribution, kernel, architecture] = host.about.map(text);
    const facts = make('dl', {});
    const entry = (label, ...what) => facts.append(make('dt', {}, label), make('dd', {}, ...what));
    entry('outcome', badge(host.outcome));
    entry('host', [distribution, kernel && 'kernel ' + kernel, architecture].filter(Boolean).join(', ')
        || 'nothing is known of it');
    entry('seen', [source, collected].filter(Boolean).join(', '));
    entry('place', host.place);
    if (host.group >= 0) {
      entry('fails like', groupName(host.group));
    }
    const counts = make('ul', {class: 'counts', 'aria-label': 'Findings by outcome'});
    view.push(facts, counts);
    for (const outcome of WORST_FIRST) {
      const some = all.filter(finding => finding.outcome === outcome);
      if (some.length > 0) {
        counts.append(make('li', {}, badge(outcome, ': ' + some.length)));
        view.push(make('section', {'aria-labelledby': 'of-' + outcome},
            make('h2', {id: 'of-' + outcome}, outcome + ' (' + some.length + ')'),
            ...some.map(finding => article(finding, 'h3', 'finding-' + finding.requirement))));
      }
    }
    return view;
  }

  // ---- From one view to the other ----

  /** Where the reader was among all hosts, to come back to. */
  let left;

  function route() {
    const [, number, requirement] = /^#host-(\d+)(?:-requirement-(\d+))?$/.exec(location.hash) || [];
    const host = hosts[number];
    const wasHost = byId('fleet').hidden;
    if (host) {
      if (!wasHost) {
        left = {scroll: scrollY, map: map.scrollTop, mapLeft: map.scrollLeft, focused: document.activeElement};
      }
      byId('fleet').hidden = true;
      byId('host').hidden = false;
      byId('host').replaceChildren(...hostView(host));
      document.title = host.name + ' - ' + data.title;
      const finding = byId('finding-' + requirement);
      if (finding) {
        finding.parentElement.querySelector('details')?.setAttribute('open', '');
        finding.scrollIntoView();
      } else {
        scrollTo(0, 0);
      }
      (finding || byId('host').querySelector('h1')).focus({preventScroll: true});
      return;
    }
    byId('host').hidden = true;
    byId('host').replaceChildren();
    byId('fleet').hidden = false;
    document.title = data.title;
    if (wasHost && left) {
      map.scrollTo(left.mapLeft, left.map);
      draw();
      scrollTo(0, left.scroll);
      const back = left.focused?.isConnected && left.focused !== document.body ? left.focused : target(active.row, active.column);
      (back || byId('title')).focus({preventScroll: true});
    } else {
      draw();
      const section = /^#[a-z]+(-\d+)?$/.test(location.hash) && byId(location.hash.slice(1));
      if (section) {
        section.scrollIntoView();
        section.focus({preventScroll: true});
      }
    }
  }

  function onPaper(begins) {
    printing = begins;
    // As large as fits beside each other on a sheet, in pixels of CSS.
    map.style.setProperty('--cell', begins ? Math.max(7, Math.min(16, 900 / (visible.length + 1))) + 'px' : '');
    document.querySelectorAll('#host details').forEach(one => one.toggleAttribute('open', begins));
    byId('shown').textContent = byId('shown').textContent.replace(/; printed:.*$/, '')
        + (begins && shown.length > MOST_PRINTED ? '; printed: the first ' + MOST_PRINTED : '');
    draw();
  }

  head();
  prepareFilters();
  prepareGrid();
  groups();
  across();
  requirementTable();
  unreadable();
  filter();
  addEventListener('hashchange', route);
  addEventListener('beforeprint', () => onPaper(true));
  addEventListener('afterprint', () => onPaper(false));
  byId('skip').addEventListener('click', event => {
    event.preventDefault();
    document.querySelector('#main > :not([hidden]) h1').focus();
  });
  route();
})();
