/* What axe finds against WCAG 2.1 A and AA in this document; frames are looked at by themselves. */
async () => {
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
  const { violations } = await axe.run(document, { resultTypes: ["violations"], runOnly, iframes: false });
  const criteria = (tags) => tags.map((tag) => /^wcag(\d)(\d)(\d+)$/.exec(tag)).filter(Boolean).map((part) => part.slice(1).join("."));
  return violations.map(({ id, tags, help, nodes }) => (
    { rule: id, help, count: nodes.length, example: nodes[0].html.slice(0, 200), criteria: criteria(tags) }));
}
