(() => {
  const name = (el) => {
    const id = el.id ? `#${el.id}` : "";
    const classes = [...el.classList].map((each) => `.${each}`).join("");
    const words = (el.innerText ?? el.value ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${el.localName}${id}${classes} “${words}”`;
  };
  const round = (number) => Math.round(number * 10) / 10;
  const style = (el) => getComputedStyle(el);

  // Closed details, `hidden` and words for screen readers only are not on the screen.
  const seen = (el) => {
    const box = el.getBoundingClientRect();
    return el.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  };
  const forEarsOnly = (el) => el.closest(".govuk-visually-hidden, .govuk-skip-link:not(:focus)");

  const isBox = (el) => !["inline", "contents"].includes(style(el).display);
  const hasEdge = (el) => el.matches("button, input, textarea, .choice, .chip, .govuk-button, .top__help");

  function* texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const parent = text.parentElement;
      if (!text.data.trim() || parent.closest("script, style") || forEarsOnly(parent)) continue;
      if (!parent.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      yield [text, parent, [...range.getClientRects()].filter((box) => box.width > 0)];
    }
  }

  /** What makes the page scroll sideways. */
  const sideways = () => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((el) => {
      const box = el.getBoundingClientRect();
      return seen(el) && !forEarsOnly(el) && (box.right > root.clientWidth + 1 || box.left < -1);
    });
    const inner = wide.filter((el) => !wide.some((other) => other !== el && el.contains(other)));
    return [`${root.scrollWidth} px wide in ${root.clientWidth}: ${inner.slice(0, 3).map(name).join("; ")}`];
  };

  /** Words that are cut off, or stick out of their box. */
  const cut = () => {
    const found = new Set();
    for (const [, parent, boxes] of texts()) {
      for (let el = parent; el && el !== document.body; el = el.parentElement) {
        if (!isBox(el)) continue;
        const edge = el.getBoundingClientRect();
        const { overflowX, overflowY } = style(el);
        for (const box of boxes) {
          if (["auto", "scroll"].includes(overflowX)) break;
          if (box.left < edge.left - 1.5 || box.right > edge.right + 1.5)
            found.add(`${name(parent)} sticks out of ${el.localName}.${el.className} sideways`);
          if ((hasEdge(el) || overflowY !== "visible") && (box.top < edge.top - 3 || box.bottom > edge.bottom + 3))
            found.add(`${name(parent)} sticks out of ${el.localName}.${el.className} above or below`);
        }
      }
    }
    return [...found];
  };

  // What can be pressed ---------------------------------------------------

  const CAN_BE_PRESSED = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const inSentence = (el) => {
    if (el.localName !== "a" || style(el).display !== "inline") return false;
    let around = el.parentElement;
    while (!isBox(around)) around = around.parentElement;
    return around.innerText.trim().length > el.innerText.trim().length;
  };
  const card = (el) => (["radio", "checkbox"].includes(el.type) ? (el.closest("label") ?? el) : el);
  const pressed = () =>
    [...new Set([...document.querySelectorAll(CAN_BE_PRESSED)].map(card))].filter(
      (el) => seen(el) && !forEarsOnly(el) && !inSentence(el),
    );

  /** Targets smaller than `least` px, or nearer to each other than `apart` px. */
  const targets = (least, apart) => {
    const all = pressed().map((el) => [el, el.getBoundingClientRect()]);
    const found = [];
    for (const [el, box] of all) {
      if (box.width < least - 0.5 || box.height < least - 0.5)
        found.push(`${name(el)} is ${round(box.width)} × ${round(box.height)} px`);
    }
    all.forEach(([one, a], at) => {
      for (const [other, b] of all.slice(at + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        const across = Math.max(a.left - b.right, b.left - a.right);
        const down = Math.max(a.top - b.bottom, b.top - a.bottom);
        const gap = Math.max(across, down);
        if (gap < apart - 0.5) found.push(`${name(one)} and ${name(other)} are ${round(gap)} px apart`);
      }
    });
    return found;
  };

  // Focus -------------------------------------------------------------------

  const rgb = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = rgb(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const paper = (el) => {
    for (let at = el; at; at = at.parentElement) {
      const colour = style(at).backgroundColor;
      if (rgb(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  /** The widths and colours of the lines that say "you are here". */
  const ring = (el) => {
    const shown = style(el);
    const lines = [];
    if (shown.outlineStyle !== "none") lines.push([parseFloat(shown.outlineWidth), shown.outlineColor]);
    const shadow = /(rgba?\([^)]*\)) (-?[\d.]+)px (-?[\d.]+)px [\d.]+px (-?[\d.]+)px( inset)?/g;
    for (const [, colour, x, y, spread] of shown.boxShadow.matchAll(shadow))
      lines.push([Math.max(...[x, y, spread].map((part) => Math.abs(parseFloat(part)))), colour]);
    return lines.filter(([, colour]) => rgb(colour)[3] !== 0);
  };

  /** Where the focus is, whether it shows, and whether something lies on it. */
  const focused = () => {
    const el = document.activeElement;
    if (!el || el === document.body || el === document.documentElement) return null;
    if (el.tagName === "IFRAME") return { inside: true }; // a page that is tried by itself
    const shape = card(el);
    const box = (inSentence(el) ? el.getClientRects()[0] : shape.getBoundingClientRect());
    const around = paper(shape.parentElement ?? shape);
    const lines = [...ring(el), ...ring(shape)];
    // A browser brings the words of a tall box into sight, not all of the box.
    const level = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const corners = [
      [box.left + box.width / 2, level],
      [box.left + 4, level],
      [box.right - 4, level],
    ];
    const covered = corners
      .map(([x, y]) => document.elementFromPoint(x, y))
      .filter((top) => !top || !(shape.contains(top) || top.contains(el)))
      .map((top) => (top ? name(top) : "nothing: it is off the screen"));
    const order = [...document.querySelectorAll("*")].indexOf(el);
    return {
      name: name(el),
      order,
      rtl: document.documentElement.dir === "rtl",
      box: { left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY },
      width: Math.max(0, ...lines.map(([width]) => width)),
      contrast: round(Math.max(1, ...lines.filter(([width]) => width >= 2).map(([, colour]) => contrast(colour, around)))),
      covered,
    };
  };

  // Movement, mirror ----------------------------------------------------------

  /** What moves, or would move when it changes. */
  const moving = () =>
    [document.documentElement, ...document.body.querySelectorAll("*")].flatMap((el) =>
      ["", "::before", "::after"].flatMap((part) => {
        const shown = getComputedStyle(el, part || null);
        const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
        const found = [];
        if (shown.animationName !== "none") found.push(`animation ${shown.animationName}`);
        if (lasts(shown.transitionDuration)) found.push(`transition of ${shown.transitionProperty}`);
        if (!part && shown.scrollBehavior === "smooth") found.push("smooth scrolling");
        return found.map((what) => `${name(el)}${part}: ${what}`);
      }),
    );

  /** What does not stand the other way round on a page that is written from right to left. */
  const mirrored = () => {
    const found = [];
    if (document.documentElement.dir !== "rtl") found.push("the page does not say that it is right to left");
    const back = document.querySelector(".govuk-back-link");
    if (back) {
      const arrow = getComputedStyle(back, "::before");
      const box = back.getBoundingClientRect();
      if (parseFloat(arrow.right) > box.width / 2) found.push("the back arrow stands on the left");
      // The arrow is a corner of a square: the sides that are drawn say which, and then it is turned.
      const drawn = (side) => parseFloat(arrow[`border${side}Width`]) > 0;
      const corner = new DOMPoint(drawn("Right") - drawn("Left"), drawn("Bottom") - drawn("Top"));
      const tip = new DOMMatrix(arrow.transform).transformPoint(corner);
      if (tip.x < 1) found.push(`the back arrow does not point to the right (${round(tip.x)}, ${round(tip.y)})`);
    }
    for (const picture of document.querySelectorAll(".pictured img, .statement img, .choices:not(.choices--faces) .choice img")) {
      if (!seen(picture)) continue;
      const words = [...picture.parentElement.children].find((el) => ["span", "p"].includes(el.localName));
      if (picture.getBoundingClientRect().left < words.getBoundingClientRect().right - 1)
        found.push(`the picture is not to the right of ${name(words)}`);
      if (new DOMMatrix(style(picture).transform).a < 0) found.push(`${picture.src} itself is mirrored`);
    }
    for (const control of document.querySelectorAll(".choices:not(.choices--faces) .choice input")) {
      const words = control.closest("label").querySelector("span");
      if (control.getBoundingClientRect().left < words.getBoundingClientRect().right - 1)
        found.push(`the control is not to the right of ${name(words)}`);
    }
    return found;
  };

  /** All that a narrow page may lack. */
  const cramped = (least, apart) => [...sideways(), ...cut(), ...targets(least, apart)];

  return { sideways, cut, cramped, targets, focused, moving, mirrored };
})()
