(function () {
  "use strict";

  var PAUSE = 500;
  var LOOKS = 300;

  function show(output, html) {
    output.innerHTML = html; // made by our own views, which escape every text
    Behaviour.applySubtree(output, true);
  }

  function post(url, values) {
    return fetch(url, {
      method: "POST",
      headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
      body: new URLSearchParams(values),
    });
  }

  function failed(output) {
    var alert = document.createElement("div");
    alert.className = "jenkins-alert jenkins-alert-danger";
    alert.setAttribute("role", "alert");
    alert.textContent = "Jenkins did not answer as expected: reload the page and try again.";
    output.replaceChildren(alert);
  }

  /** Puts the cursor where a line and a column, both from 1, are in a text area. */
  function point(area, line, column) {
    var lines = area.value.split("\n");
    var from = column - 1;
    for (var i = 0; i < Math.min(line - 1, lines.length); i++) {
      from += lines[i].length + 1;
    }
    area.focus();
    area.setSelectionRange(from, Math.min(from + 1, area.value.length));
  }

  function check(button) {
    var area = document.getElementById(button.dataset.airworthySource);
    var output = document.getElementById(button.dataset.airworthyOutput);
    button.disabled = true;
    post(button.dataset.airworthyCheck, { text: area.value })
      .then(function (answer) {
        return answer.ok ? answer.text() : Promise.reject(answer);
      })
      .then(function (html) {
        show(output, html);
        var problem = output.querySelector(".airworthy-problem");
        var line = problem === null ? 0 : Number(problem.dataset.line);
        if (line > 0) {
          point(area, line, Number(problem.dataset.column));
        }
      })
      .catch(function () {
        failed(output);
      })
      .finally(function () {
        button.disabled = false;
      });
  }

  /** Shows a trial again and again until it has ended. */
  function follow(url, output, looks) {
    return fetch(url)
      .then(function (answer) {
        return answer.ok ? answer.text() : Promise.reject(answer);
      })
      .then(function (html) {
        show(output, html);
        var trial = output.querySelector(".airworthy-trial");
        if (trial !== null && trial.dataset.running === "true" && looks > 0) {
          window.setTimeout(function () {
            follow(url, output, looks - 1);
          }, PAUSE);
        }
      })
      .catch(function () {
        failed(output);
      });
  }

  function tryOut(form) {
    var output = document.getElementById(form.dataset.airworthyOutput);
    var button = form.querySelector("button");
    button.disabled = true;
    post(form.action, {
      text: document.getElementById(form.dataset.airworthyTry).value,
      image: form.elements.image.value,
      target: form.elements.target.value,
    })
      .then(function (answer) {
        if (!answer.ok) {
          return Promise.reject(answer);
        }
        if (answer.url.indexOf("/trials/") >= 0) {
          return follow(answer.url + "result", output, LOOKS);
        }
        return answer.text().then(function (html) {
          var page = new DOMParser().parseFromString(html, "text/html");
          var problem = page.querySelector(".airworthy-problem");
          if (problem === null) {
            return failed(output);
          }
          return output.replaceChildren(document.importNode(problem, true));
        });
      })
      .catch(function () {
        failed(output);
      })
      .finally(function () {
        button.disabled = false;
        output.focus();
      });
  }

  Behaviour.specify("[data-airworthy-check]", "airworthy-check", 0, function (button) {
    button.addEventListener("click", function () {
      check(button);
    });
  });

  Behaviour.specify("form[data-airworthy-try]", "airworthy-try", 0, function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      tryOut(form);
    });
  });

  Behaviour.specify("[data-airworthy-follow]", "airworthy-follow", 0, function (output) {
    var trial = output.querySelector(".airworthy-trial");
    if (trial !== null && trial.dataset.running === "true") {
      follow(output.dataset.airworthyFollow, output, LOOKS);
    }
  });
})();
