document.documentElement.dataset.runtime = "scorm12";
