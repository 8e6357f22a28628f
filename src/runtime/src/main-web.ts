document.documentElement.dataset.runtime = "web";
