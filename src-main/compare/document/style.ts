/** The look of a saved comparison: it has to stand by itself, without the app's own style. */
export const style = `:root{color-scheme:light dark;--line:#8883;--soft:#8881;--meaningful:#b45309;--good:#15803d;--bad:#b91c1c}
@media(prefers-color-scheme:dark){:root{--meaningful:#f59e0b;--good:#4ade80;--bad:#f87171}}
body{margin:0;font:14px/1.45 system-ui,sans-serif}main{max-width:1600px;margin:0 auto;padding:24px}
h1{font-size:20px;font-weight:600;margin:0 0 16px;overflow-wrap:anywhere}h2{font-size:14px;margin:24px 0 8px}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;table-layout:fixed;min-width:640px}th,td{text-align:left;vertical-align:top;padding:4px 8px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th,thead td{border-bottom:2px solid var(--line)}tbody th{font-weight:500;width:14em}td{font-family:ui-monospace,monospace;font-size:12px}.why{font-family:inherit;font-size:13px}
tr.meaningful>th{box-shadow:inset 3px 0 var(--meaningful)}small{opacity:.75}.none{opacity:.6;font-style:italic}.good{color:var(--good)}.bad{color:var(--bad)}ol{padding-left:20px}li{margin:4px 0}footer{margin-top:32px;opacity:.7;font-size:12px}`;
