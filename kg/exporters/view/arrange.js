// Places for a part of the graph that has none written in the file: groups as islands in rows, in whole pixels.
const CELL = [56, 70]; // a lattice step in x and y, as in the file

// The points of a staggered lattice nearest to the middle, from the inside outwards.
function spiral(size, wide) {
  const [a, b] = wide ? [10, 16] : [18, 12];
  const reach = Math.ceil(Math.sqrt(size)) + 2;
  const points = [];
  for (let x = -2 * reach; x <= 2 * reach; x += 1) {
    for (let y = -reach; y <= reach; y += 1) if ((x - y) % 2 === 0) points.push([x, y]);
  }
  const far = ([x, y]) => a * x * x + b * y * y;
  return points.sort((p, q) => far(p) - far(q) || p[1] - q[1] || p[0] - q[0]).slice(0, size);
}

function island(ids, wide) {
  const points = spiral(ids.length, wide);
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { ids, points: points.map(([x, y]) => [x - left, y - top]), width: Math.max(...xs) - left + 3,
    height: Math.max(...ys) - top + 2 };
}

const inward = (a, b) => KINDS.indexOf(entities[a].kind) - KINDS.indexOf(entities[b].kind) || a - b;
const SPACING = 112; // pixels from one entity of a circle to the next

// A neighbourhood: the first in the middle, the others on circles around it, the nearest and weightiest kinds inside.
function circles(ids, ratio) {
  const stretch = Math.sqrt(Math.min(1.8, Math.max(0.6, ratio)));
  const places = new Map([[ids[0], [0, 0]]]);
  const rest = ids.slice(1);
  for (let circle = 1; rest.length; circle += 1) {
    const single = circle === 1 && rest.length <= 20;
    const members = rest.splice(0, single ? rest.length : 8 * circle);
    const radius = single ? Math.max(140, (SPACING * members.length) / (2 * Math.PI)) : 150 * circle;
    members.forEach((id, i) => {
      const angle = (2 * Math.PI * (i + (circle % 2 ? 0 : 0.5))) / members.length - Math.PI / 2 + 0.3 * (circle - 1);
      places.set(id, [Math.round(radius * stretch * Math.cos(angle)), Math.round((radius / stretch) * Math.sin(angle))]);
    });
  }
  return { places, islands: [] };
}

// `ring` gives the distance of an entity from the middle of a neighbourhood; without it, groups.
// `ratio` is the width of the window by its height.
function arrange(ids, ratio, ring) {
  const wide = ratio > 0.75;
  if (ring && ids.length <= 81) return circles(ids.sort((a, b) => ring.get(a) - ring.get(b) || inward(a, b)), ratio);
  const groups = new Map();
  for (const id of ids) {
    const centre = ring ? 0 : entities[id].centre;
    if (!groups.has(centre)) groups.set(centre, []);
    groups.get(centre).push(id);
  }
  const loose = [];
  const islands = [];
  for (const [centre, members] of groups) {
    if ((members.length === 1 || centre === -1) && !ring) loose.push(...members);
    else {
      members.sort((a, b) => (ring ? ring.get(a) - ring.get(b) : (b === centre) - (a === centre)) || inward(a, b));
      islands.push(island(members, wide));
    }
  }
  islands.sort((a, b) => b.ids.length - a.ids.length || a.ids[0] - b.ids[0]);
  if (loose.length) islands.push(island(loose.sort(inward), wide));
  const area = islands.reduce((sum, one) => sum + one.width * one.height, 0);
  const limit = Math.max(islands[0] ? islands[0].width : 0, Math.sqrt((1.3 * area * ratio * CELL[1]) / CELL[0]));
  const places = new Map();
  let [x, y, row] = [0, 0, []];
  const close = () => {
    const height = Math.max(0, ...row.map((one) => one.height));
    for (const one of row) {
      const down = y + Math.floor((height - one.height) / 2);
      one.ids.forEach((id, i) => {
        const [dx, dy] = one.points[i];
        places.set(id, [(one.x + dx) * CELL[0], (down + dy) * CELL[1]]);
      });
    }
    y += height;
    [x, row] = [0, []];
  };
  for (const one of islands) {
    if (row.length && x + one.width > limit) close();
    one.x = x;
    x += one.width;
    row.push(one);
  }
  close();
  return { places, islands: islands.map((one) => one.ids).filter((members) => members !== loose) };
}
