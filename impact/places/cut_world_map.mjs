// The world's borders as short SVG paths, cut once; the result is committed as impact/places/world_map.json.
//
//   npm pack plotly.js@3.7.0 && tar xzf plotly.js-3.7.0.tgz package/dist/plotly-geo-assets.js
//   npm install d3-geo@3.1.1 topojson-client@3.1.0 topojson-simplify@3.0.3
//   node cut_world_map.mjs package/dist/plotly-geo-assets.js > world_map.json
//
// Source: the country borders of UN Geodata as they come with plotly.js (see NOTICE.md). Equal Earth projection, true to
// area; a unit is a tenth of a pixel on a sheet of 960 × 470. Every path is relative and in whole units: that halves it.
import fs from 'fs';
import vm from 'vm';
import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

const WIDTH = 9600, HEIGHT = 4700;
// Square units under which a bend of a border is left out, and under which an islet is (unless it is all there is).
const BEND = 60, ISLET = 90;
// Square units under which an area cannot be seen by its colour and gets a point too.
const POINT = 700;
// No inhabitants to measure: the sheet ends above them.
const LEFT_OUT = new Set(['ATA', 'ATF', 'BVT', 'HMD', 'SGS', 'IOT', 'UMI', 'CPT']);
// In none of the source's scales: longitude and latitude.
const MISSING = { SMR: [12.46, 43.94], VAT: [12.45, 41.9] };

const sandbox = { window: {}, self: {}, module: { exports: {} }, exports: {} };
vm.createContext(sandbox);
vm.runInContext(fs.readFileSync(process.argv[2], 'utf8'), sandbox);
const assets = [sandbox.window, sandbox.self, sandbox].map(one => one.PlotlyGeoAssets).find(Boolean) ?? sandbox.module.exports;
const source = (assets.topojson ?? assets).world_50m;
const projection = geoEqualEarth().fitSize([WIDTH, HEIGHT], { type: 'Sphere' });
const draw = geoPath(projection);

// Simplified together, so that neighbours still share their border: by the area of each bend on the sheet.
const topology = { ...source, objects: { countries: source.objects.countries } };
const project = ([x, y]) => projection([x, y]);
const weighed = presimplify(topology, corners => {
  const [[ax, ay], [bx, by], [cx, cy]] = corners.map(project);
  return Math.abs((ax - cx) * (by - ay) - (ax - bx) * (cy - ay)) / 2;
});
const plain = simplify(weighed, BEND);

function rings(geometry) {
  const found = [];
  for (const part of (draw(geometry) ?? '').split('M').filter(Boolean)) {
    const points = part.replace('Z', '').split('L').map(pair => pair.split(',').map(Number).map(Math.round));
    const kept = points.filter((point, i) => i === 0 || point[0] !== points[i - 1][0] || point[1] !== points[i - 1][1]);
    if (kept.length > 2) found.push({ points: kept, area: Math.abs(shoelace(kept)) });
  }
  return found;
}
function shoelace(points) {
  let sum = 0;
  points.forEach(([x, y], i) => { const [nx, ny] = points[(i + 1) % points.length]; sum += x * ny - nx * y; });
  return sum / 2;
}
function pathOf(points) {
  const join = (x, y) => `${x}${y < 0 ? '' : ' '}${y}`;
  let [px, py] = points[0], d = `M${join(px, py)}l`, first = true;
  for (const [x, y] of points.slice(1)) {
    const pair = join(x - px, y - py);
    d += (first || pair.startsWith('-') ? '' : ' ') + pair;
    first = false; [px, py] = [x, y];
  }
  return d + 'z';
}

const features = feature(plain, plain.objects.countries).features;
const label = new Map();                       // of the original: a tiny island may lose its shape
for (const one of feature(source, source.objects.countries).features) {
  const area = draw.area(one);
  if (!label.has(one.id) || label.get(one.id).area < area) label.set(one.id, { area, ct: one.properties.ct });
}
const byId = new Map();                        // a few ids occur twice: joined
for (const one of features) if (!LEFT_OUT.has(one.id)) byId.set(one.id, [...(byId.get(one.id) ?? []), ...rings(one)]);
const areas = {}, points = {};
for (const id of [...byId.keys()].sort()) {
  const found = byId.get(id).sort((a, b) => b.area - a.area);
  const kept = found.filter((ring, i) => ring.area >= ISLET);
  if (kept.length) areas[id] = kept.map(ring => pathOf(ring.points)).join('');
  if (!id.startsWith('X') && found.reduce((sum, ring) => sum + ring.area, 0) < POINT) points[id] = project(label.get(id).ct).map(Math.round);
}
for (const [id, place] of Object.entries(MISSING)) points[id] = project(place).map(Math.round);
const sphere = draw({ type: 'Sphere' }).replace(/(\d+)\.\d+/g, '$1');
process.stdout.write(JSON.stringify({ width: WIDTH, height: HEIGHT, outline: sphere, areas, points }, null, 0).replace(/,"/g, ',\n"') + '\n');
