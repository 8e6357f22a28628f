document.documentElement.dataset.runtime = "cmi5";
