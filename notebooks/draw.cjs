// A vega-lite specification to SVG text, without a browser. CommonJS, because the kernel loads local files with `require`,
// and only a file of its own may then `import()` a package that awaits at its top level.
exports.draw = async function draw(specification) {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  return new vega.View(vega.parse(compile(specification).spec), { renderer: 'none' }).toSVG();
};
