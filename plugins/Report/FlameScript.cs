namespace StandardPlugins;

/// <summary>The part of the page's script that draws the flame graph, and lets pointer and keyboard go about in it.</summary>
internal static class FlameScript
{
    public const string Text = """
        // Callers come before what they called: who called a row is the last one above it that is one less deep.
        function framesOf(rows) {
          const open = [];
          return rows.map(([depth, name, total, own]) => {
            const caller = open[depth - 1], left = caller ? caller.next : 0;
            if (caller) caller.next += total;
            return open[depth] = { depth, name, total, own, caller, left, next: left };
          });
        }
        function flame() {
          if (!data.frames.length) return nothing('flame', 'Call stacks were not counted: the option flame has them counted.');
          const width = 1200, high = 18, letter = 7.3, frames = framesOf(data.frames), all = frames[0];
          const picture = shape('svg', { role: 'group', 'aria-label': 'Functions below their callers' });
          const told = element('p', { class: 'told', 'aria-live': 'polite' }), back = element('button', { type: 'button', class: 'more' }, 'Show all');
          const words = frame => frame.name + ': ' + number(frame.total) + ' instructions, ' + percent(frame.total, all.total) + '; ' + number(frame.own) + ' of its own';
          let levels = [], shapes = new Map(), whole = all;
          function draw(frame) {
            whole = frame;
            [levels, shapes] = [[], new Map()];
            const callers = new Set();
            for (let caller = frame.caller; caller; caller = caller.caller) callers.add(caller);
            for (const one of frames)
              if (callers.has(one)) place(one, 0, width);
              else if (one.depth >= frame.depth && one.left >= frame.left && one.left + one.total <= frame.left + frame.total)
                place(one, (one.left - frame.left) * width / frame.total, one.total * width / frame.total);
            const height = levels.length * high;
            picture.setAttribute('viewBox', '0 0 ' + width + ' ' + height);
            picture.replaceChildren(...shapes.values());
            back.hidden = frame === all;
            choose(frame);
          }
          function place(frame, left, wide) {
            // A pixel is the least that is seen; a frame is not seen without its caller.
            if (!(wide >= 1) && frame !== all) return;
            const group = shape('g', { class: 'frame', role: 'button', tabindex: -1, 'aria-label': words(frame), style: '--hue:' + hue(frame.name) }, words(frame));
            group.append(shape('rect', { x: left.toFixed(2), y: frame.depth * high, width: (wide || width).toFixed(2), height: high - 1 }));
            const letters = Math.floor((wide - 6) / letter);
            if (letters >= 3) {
              const text = shape('text', { x: (left + 3).toFixed(2), y: frame.depth * high + 13 });
              text.textContent = frame.name.length <= letters ? frame.name : frame.name.slice(0, letters - 1) + '…';
              group.append(text);
            }
            group.frame = frame;
            (levels[frame.depth] ||= []).push(frame);
            shapes.set(frame, group);
          }
          // One frame is reached by the tabulator, the others from there.
          function choose(frame) {
            for (const group of picture.querySelectorAll('[tabindex="0"]')) group.setAttribute('tabindex', -1);
            shapes.get(frame).setAttribute('tabindex', 0);
            told.textContent = words(frame);
          }
          function focus(frame) {
            if (!frame) return;
            choose(frame);
            shapes.get(frame).focus();
          }
          function beside(frame, step) {
            const level = levels[frame.depth];
            return level[level.indexOf(frame) + step];
          }
          const widestCallee = frame => (levels[frame.depth + 1] || []).filter(one => one.caller === frame).reduce((most, one) => most && most.total >= one.total ? most : one, undefined);
          function enlarge(frame) {
            draw(frame);
            focus(frame);
          }
          const keys = {
            ArrowUp: frame => focus(frame.caller), ArrowDown: frame => focus(widestCallee(frame)), ArrowLeft: frame => focus(beside(frame, -1)), ArrowRight: frame => focus(beside(frame, 1)),
            Enter: enlarge, ' ': enlarge, Escape: () => enlarge(all),
          };
          const frameOf = event => event.target.closest('g.frame')?.frame;
          picture.addEventListener('keydown', event => {
            const frame = frameOf(event);
            if (!frame || !keys[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
            event.preventDefault();
            keys[event.key](frame);
          });
          picture.addEventListener('click', event => { const frame = frameOf(event); if (frame) enlarge(frame === whole ? all : frame); });
          picture.addEventListener('mouseover', event => { const frame = frameOf(event); if (frame) told.textContent = words(frame); });
          back.addEventListener('click', () => enlarge(all));
          section('flame').append(told, element('div', { class: 'wide tall' }, picture), back);
          draw(all);
        }
        // Warm colours, the same function always in the same one.
        function hue(name) {
          let hash = 0;
          for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) >>> 0;
          return 15 + hash % 35;
        }
        """;
}
