// Makes two things more comfortable. Nothing here is needed: forms work without it, and snippets can be selected.
(() => {
    "use strict";

    // The calculator answers while one types, by the numbers that the form carries.
    const form = document.querySelector("form.calculator");
    if (form) {
        const given = Object.fromEntries(Object.entries(form.dataset).map(([name, value]) => [name, Number(value)]));
        // 1,000 has its thousands apart, as this site writes it; in 1,5 and 0,125 the comma is a point.
        const apart = /^[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+$/;
        const read = (input, least, most, absent) => {
            const typed = input.value.trim();
            const text = apart.test(typed) ? typed.replaceAll(",", "") : typed.replace(",", ".");
            if (text === "") return absent;
            const number = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
            return number >= least && number <= most ? number : NaN;
        };
        const mark = (input, number) =>
            Number.isNaN(number) ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
        const show = (name, number, digits) => {
            form.querySelector(`[data-result="${name}"]`).textContent = number.toFixed(digits);
        };
        const compute = () => {
            let people = 0;
            for (const row of form.querySelectorAll("tbody tr")) {
                const [points, days, vote] = row.querySelectorAll("input");
                const [x, age, weight] = [read(points, 0, 1e5, 0), read(days, 0, 400, 0), read(vote, 0, given.topVote, 1)];
                [[points, x], [days, age], [vote, weight]].forEach(([input, number]) => mark(input, number));
                const tie = weight * (x / (x + given.halfStrength)) * 2 ** (-age / given.halfLife);
                const counted = Number.isNaN(tie) ? 0 : tie;
                row.querySelector("output").textContent = counted.toFixed(4);
                people += counted;
            }
            const followers = read(form.elements.followers, 0, 1e9, 0);
            mark(form.elements.followers, followers);
            const audience = given.followerRate * (followers || 0);
            show("people", people, 4);
            show("audience", audience, 4);
            show("influence", people + audience, 4);
            show("score", Math.min(100, 1 + given.perDecade * Math.log10(1 + 10 * (people + audience))), 2);
        };
        form.addEventListener("input", compute);
    }

    // A button beside each snippet, where the browser lets pages write to the clipboard.
    if (navigator.clipboard) {
        for (const snippet of document.querySelectorAll("[data-copy]")) {
            const button = document.createElement("button");
            button.type = "button";
            button.textContent = snippet.dataset.copy;
            button.setAttribute("aria-live", "polite");
            button.addEventListener("click", async () => {
                try {
                    await navigator.clipboard.writeText(snippet.querySelector("code").textContent);
                    button.textContent = snippet.dataset.copied;
                    setTimeout(() => (button.textContent = snippet.dataset.copy), 2000);
                } catch {
                    getSelection().selectAllChildren(snippet.querySelector("code"));
                }
            });
            snippet.append(button);
        }
    }
})();
