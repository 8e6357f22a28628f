document.documentElement.dataset.runtime = "xapi";
