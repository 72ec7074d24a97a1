// Pages wait for this, so it is small: it says before the first paint that scripts run, and which colors the reader chose.
document.documentElement.classList.add("js");
document.documentElement.dataset.theme = "auto";
try { document.documentElement.dataset.theme = localStorage.getItem("theme") || "auto"; } catch { /* Nothing is remembered. */ }
