namespace StandardPlugins;

/// <summary>The script of the page, which draws tables and pictures from the data.</summary>
internal static class PageScript
{
    /// <summary>Draws all sections; comes after what they are drawn by.</summary>
    public const string Start = """
        summary(); functions(); flame(); blocks(); memory(); pages(); counts('mix', data.classes, 'Class'); counts('mix', data.extensions, 'Extension'); branches(); threads();
        document.documentElement.dataset.ready = data.functions.length;
        """;

    public const string Text = """
        'use strict';
        const data = JSON.parse(document.getElementById('data').textContent);
        const number = value => value.toLocaleString('en');
        const percent = (part, whole) => whole ? (100 * part / whole).toFixed(2) + ' %' : '';
        const sum = (rows, column) => rows.reduce((all, row) => all + row[column], 0);
        const svgSpace = 'http://www.w3.org/2000/svg';
        function element(name, attributes, ...children) {
          const made = document.createElement(name);
          for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
          made.append(...children);
          return made;
        }
        function shape(name, attributes, text) {
          const made = document.createElementNS(svgSpace, name);
          for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
          if (text !== undefined) { const title = document.createElementNS(svgSpace, 'title'); title.textContent = text; made.append(title); }
          return made;
        }
        // A table that shows some rows and more on demand, sorts by its heads, and finds rows by their texts.
        function table(place, columns, rows, options = {}) {
          const step = 100;
          let shown = step, order = rows, sorted = -1, down = true, wanted = '';
          const body = element('tbody'), heads = columns.map((column, at) => {
            const button = element('button', { type: 'button' }, column.name);
            button.addEventListener('click', () => sort(at));
            return element('th', { class: column.number ? 'n' : '', scope: 'col' }, button);
          });
          const more = element('button', { type: 'button', class: 'more' });
          more.addEventListener('click', () => { shown *= 10; draw(); });
          if (options.search) {
            const search = element('input', { type: 'search', placeholder: 'Find…', 'aria-label': 'Find ' + options.search });
            search.addEventListener('input', () => { wanted = search.value.toLowerCase(); shown = step; draw(); });
            place.append(search);
          }
          place.append(element('div', { class: 'wide' }, element('table', {}, element('thead', {}, element('tr', {}, ...heads)), body)), more);
          function sort(at) {
            down = sorted === at ? !down : !!columns[at].number;
            sorted = at;
            const value = columns[at].value;
            order = rows.slice().sort((one, other) => { const a = value(one), b = value(other); return (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1); });
            heads.forEach((head, index) => index === at ? head.setAttribute('aria-sort', down ? 'descending' : 'ascending') : head.removeAttribute('aria-sort'));
            draw();
          }
          function draw() {
            const found = wanted ? order.filter(row => columns.some(column => !column.number && !column.share && String(column.value(row)).toLowerCase().includes(wanted))) : order;
            body.replaceChildren(...found.slice(0, shown).map(row => element('tr', {}, ...columns.map(column => cell(column, row)))));
            more.hidden = found.length <= shown;
            more.textContent = more.hidden ? '' : 'Show more (' + number(found.length - shown) + ' left)';
          }
          function cell(column, row) {
            const value = column.value(row);
            if (column.share) return element('td', { class: 'share', title: percent(value, column.share) }, element('span', { class: 'bar', style: 'width:' + (column.share ? 100 * value / column.share : 0) + '%' }));
            return element('td', { class: column.number ? 'n' : column.code ? 'c' : 't' }, column.number ? column.text ? column.text(row) : number(value) : value);
          }
          draw();
        }
        const section = id => document.querySelector('#' + id + ' .content');
        const nothing = (id, text) => section(id).append(element('p', {}, text));
        const instructions = sum(data.functions, 2), loads = sum(data.functions, 4), stores = sum(data.functions, 5);
        function summary() {
          const cards = [[number(instructions), 'instructions'], [number(data.functions.length), 'functions'], [number(loads), 'loads'], [number(stores), 'stores'], [number(data.threads.length), 'threads'], [data.seconds.toFixed(3) + ' s', 'with this report']];
          document.getElementById('summary').append(...cards.map(([value, name]) => element('div', { class: 'card' }, element('b', {}, value), element('span', {}, name))));
        }
        function functions() {
          table(section('functions'), [
            { name: 'Function', value: row => row[0] }, { name: 'File', value: row => row[1] }, { name: 'Instructions', number: true, value: row => row[2] },
            { name: 'Share', number: true, value: row => row[2], text: row => percent(row[2], instructions) }, { name: '', value: row => row[2], share: data.functions.length ? data.functions[0][2] : 0 },
            { name: 'Entered', number: true, value: row => row[3] }, { name: 'Per entry', number: true, value: row => row[3] ? row[2] / row[3] : 0, text: row => row[3] ? (row[2] / row[3]).toFixed(1) : '' },
          ], data.functions, { search: 'a function' });
        }
        function blocks() {
          if (!data.blocks.length) return nothing('blocks', 'No block was executed.');
          section('blocks').append(...data.blocks.map(([address, of, entries, insns], index) => {
            const code = element('pre');
            for (const [at, text, place, line] of insns) {
              if (place) code.append(element('i', {}, '  ' + place + '  '), element('b', {}, line || ''), '\n');
              code.append(element('i', {}, at + '  '), text + '\n');
            }
            const head = element('summary', {}, element('code', {}, address), ' ' + data.functions[of][0] + ' — ' + number(entries) + ' × ' + insns.length + ' instructions, ' + percent(entries * insns.length, instructions));
            return element('details', index < 3 ? { open: '' } : {}, head, code);
          }));
        }
        function memory() {
          const rows = data.functions.filter(row => row[4] + row[5]);
          if (!rows.length) return nothing('memory', 'No function accessed memory.');
          rows.sort((one, other) => other[4] + other[5] - one[4] - one[5]);
          table(section('memory'), [
            { name: 'Function', value: row => row[0] }, { name: 'Loads', number: true, value: row => row[4] }, { name: 'Stores', number: true, value: row => row[5] },
            { name: 'Share', number: true, value: row => row[4] + row[5], text: row => percent(row[4] + row[5], loads + stores) }, { name: '', value: row => row[4] + row[5], share: rows[0][4] + rows[0][5] },
            { name: 'Accesses per 100 instructions', number: true, value: row => 100 * (row[4] + row[5]) / row[2], text: row => (100 * (row[4] + row[5]) / row[2]).toFixed(1) },
          ], rows, { search: 'a function' });
        }
        function pages() {
          if (!data.pages.length) return nothing('pages', 'Pages were not counted.');
          const most = Math.max(...data.pages.map(row => row[1] + row[2])), width = 1000, side = 20, perLine = width / side, lines = Math.ceil(data.pages.length / perLine);
          const map = shape('svg', { viewBox: '0 0 ' + width + ' ' + lines * side, role: 'img', 'aria-label': 'Pages by address, the darker the more accesses' });
          data.pages.forEach(([address, reads, writes, file], index) => {
            const heat = Math.log(1 + reads + writes) / Math.log(1 + most);
            map.append(shape('rect', { x: index % perLine * side + 1, y: Math.floor(index / perLine) * side + 1, width: side - 2, height: side - 2, fill: writes > reads ? 'var(--write)' : 'var(--read)', 'fill-opacity': (0.08 + 0.92 * heat).toFixed(3) },
              address + ' ' + file + ': ' + number(reads) + ' reads, ' + number(writes) + ' writes'));
          });
          section('pages').append(map);
          table(section('pages'), [
            { name: 'Page', code: true, value: row => row[0] }, { name: 'File', value: row => row[3] }, { name: 'Reads', number: true, value: row => row[1] }, { name: 'Writes', number: true, value: row => row[2] },
            { name: '', value: row => row[1] + row[2], share: most },
          ], data.pages.slice().sort((one, other) => other[1] + other[2] - one[1] - one[2]), { search: 'a page' });
        }
        function counts(id, rows, name) {
          const all = sum(rows, 1), most = Math.max(1, ...rows.map(row => row[1]));
          table(section(id), [
            { name, value: row => row[0] }, { name: 'Count', number: true, value: row => row[1] }, { name: 'Share', number: true, value: row => row[1], text: row => percent(row[1], all) }, { name: '', value: row => row[1], share: most },
          ], rows.slice().sort((one, other) => other[1] - one[1]));
        }
        function branches() {
          counts('branches', data.flows, 'Kind');
          table(section('branches'), [
            { name: 'Address', code: true, value: row => row[0] }, { name: 'Function', value: row => data.functions[row[1]][0] }, { name: 'Instruction', code: true, value: row => row[2] },
            { name: 'Executed', number: true, value: row => row[3] }, { name: 'Taken', number: true, value: row => row[4] < 0 ? -1 : row[4] / row[3], text: row => row[4] < 0 ? '' : percent(row[4], row[3]) },
          ], data.branches, { search: 'a branch' });
        }
        function threads() {
          if (!data.threads.length) return nothing('threads', 'No thread was seen.');
          const width = 1000, left = 70, high = 22, end = Math.max(data.seconds, 1e-9), at = seconds => left + (width - left - 10) * seconds / end;
          const picture = shape('svg', { viewBox: '0 0 ' + width + ' ' + (data.threads.length * high + 30), role: 'img', 'aria-label': 'When each thread ran and waited' });
          data.threads.forEach(([id, from, to, waits], index) => {
            const y = index * high + 4, label = shape('text', { x: 4, y: y + 12 });
            label.textContent = 'thread ' + id;
            picture.append(label, shape('rect', { x: at(from), y, width: Math.max(at(to) - at(from), 1), height: high - 8, fill: 'var(--run)' }, 'thread ' + id + ' ran from ' + from + ' s to ' + to + ' s'));
            for (let wait = 0; wait < waits.length; wait += 2)
              picture.append(shape('rect', { x: at(waits[wait]), y, width: Math.max(at(waits[wait + 1]) - at(waits[wait]), 0.2), height: high - 8, fill: 'var(--wait)' }, 'waited ' + (waits[wait + 1] - waits[wait]).toFixed(6) + ' s'));
          });
          for (let tick = 0; tick <= 5; tick++) {
            const text = shape('text', { x: at(end * tick / 5), y: data.threads.length * high + 20, 'text-anchor': tick === 5 ? 'end' : tick ? 'middle' : 'start' });
            text.textContent = (end * tick / 5).toPrecision(3) + ' s';
            picture.append(text);
          }
          section('threads').append(picture);
        }
        """;
}
