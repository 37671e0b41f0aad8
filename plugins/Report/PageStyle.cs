namespace StandardPlugins;

/// <summary>The style of the page: light or dark as the reader's system is, and for paper.</summary>
internal static class PageStyle
{
    public const string Text = """
        :root { color-scheme: light dark; --ink: #1b1d21; --faint: #62666f; --paper: #ffffff; --raised: #f3f4f6; --line: #d8dbe0; --bar: #9ec5f0; --hot: #c2410c; --write: #d97706; --read: #2563eb; --wait: #c9ccd3; --run: #16a34a; --flame: 70%; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e7e9ec; --faint: #9aa0aa; --paper: #16181c; --raised: #22252b; --line: #363a42; --bar: #2b4f7d; --hot: #fb923c; --write: #f59e0b; --read: #60a5fa; --wait: #4b5059; --run: #4ade80; --flame: 28%; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        header, main { max-width: 1200px; margin: 0 auto; padding: 0 1.25rem; }
        h1 { font-size: 1.5rem; margin: 1.25rem 0 .25rem; }
        h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; }
        p { color: var(--faint); margin: .25rem 0 .75rem; }
        nav { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); padding: .5rem 0; display: flex; flex-wrap: wrap; gap: 1rem; z-index: 1; }
        a { color: var(--read); }
        a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible { outline: 2px solid var(--read); outline-offset: 2px; }
        section { scroll-margin-top: 3rem; }
        .cards { display: flex; flex-wrap: wrap; gap: .75rem; margin: .75rem 0 1rem; }
        .card { background: var(--raised); border-radius: .5rem; padding: .5rem .9rem; min-width: 8rem; }
        .card b { display: block; font-size: 1.2rem; font-variant-numeric: tabular-nums; }
        .card span { color: var(--faint); font-size: .85rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        th.n, td.n { text-align: right; white-space: nowrap; }
        td.t { overflow-wrap: anywhere; }
        th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
        td.share { width: 9rem; }
        .bar { display: block; height: .8rem; margin-top: .3rem; border-radius: 2px; background: var(--bar); min-width: 1px; }
        code, pre, td.c { font: 13px/1.45 ui-monospace, monospace; }
        input, .more { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: .35rem; padding: .25rem .6rem; margin: .25rem .5rem .5rem 0; }
        details { border: 1px solid var(--line); border-radius: .35rem; margin: .3rem 0; }
        summary { cursor: pointer; padding: .3rem .6rem; overflow-wrap: anywhere; }
        pre { margin: 0; padding: .4rem .6rem; border-top: 1px solid var(--line); overflow-x: auto; }
        pre i { color: var(--faint); font-style: normal; }
        pre b { color: var(--hot); font-weight: 600; }
        svg { width: 100%; height: auto; display: block; background: var(--raised); border-radius: .35rem; }
        svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
        .tall { max-height: 80vh; overflow-y: auto; }
        .tall svg { min-width: 720px; border-radius: 0; }
        .told { min-height: 1.5em; overflow-wrap: anywhere; }
        .frame { cursor: pointer; outline: none; }
        .frame rect { fill: hsl(var(--hue) 80% var(--flame)); }
        .frame text { font: 12px ui-monospace, monospace; pointer-events: none; }
        .frame:hover rect, .frame:focus-visible rect { stroke: var(--read); stroke-width: 2; }
        @media print { nav, input, .more { display: none; } header, main { max-width: none; } details { break-inside: avoid; } .tall { max-height: none; } .bar, .frame { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """;
}
