// Draws images/module.png: a battery module seen from above, rows of cylindrical cells in a metal tray.
// Run `node images/draw-module.mjs` from the project's root to make the picture anew.
import { writeFileSync } from 'node:fs';
import { createCanvas } from 'canvas';

const width = 480;
const height = 216;
const canvas = createCanvas(width, height);
const g = canvas.getContext('2d');

function rounded(x, y, w, h, r) {
  g.beginPath();
  g.moveTo(x + r, y);
  g.arcTo(x + w, y, x + w, y + h, r);
  g.arcTo(x + w, y + h, x, y + h, r);
  g.arcTo(x, y + h, x, y, r);
  g.arcTo(x, y, x + w, y, r);
  g.closePath();
}

// The two terminals, copper, one at each end.
for (const x of [0, width - 26]) {
  const copper = g.createLinearGradient(0, 66, 0, 150);
  copper.addColorStop(0, '#8a4f1e');
  copper.addColorStop(0.3, '#e8a566');
  copper.addColorStop(0.6, '#c27a3a');
  copper.addColorStop(1, '#6d3d15');
  g.fillStyle = copper;
  rounded(x, 66, 26, 84, 7);
  g.fill();
  g.fillStyle = '#3b2210';
  g.beginPath();
  g.arc(x + 8 + (x > 0 ? 10 : 0), 108, 6, 0, 2 * Math.PI);
  g.fill();
}

// The tray: brushed metal edge, dark inside.
const tray = { x: 14, y: 4, w: width - 28, h: height - 8 };
const edge = g.createLinearGradient(0, tray.y, 0, tray.y + tray.h);
edge.addColorStop(0, '#8b96a1');
edge.addColorStop(0.12, '#4a545e');
edge.addColorStop(0.88, '#343c44');
edge.addColorStop(1, '#5f6a75');
g.fillStyle = edge;
rounded(tray.x, tray.y, tray.w, tray.h, 20);
g.fill();
g.fillStyle = '#0b0e11';
rounded(tray.x + 8, tray.y + 8, tray.w - 16, tray.h - 16, 13);
g.fill();

// Cells, closest packing, clipped to the inside of the tray.
g.save();
rounded(tray.x + 10, tray.y + 10, tray.w - 20, tray.h - 20, 11);
g.clip();
const radius = 10.4;
const pitch = radius * 2 + 0.9;
const rowPitch = (pitch * Math.sqrt(3)) / 2;
const rows = 11;
const top = height / 2 - ((rows - 1) * rowPitch) / 2;
for (let row = 0; row < rows; row++) {
  for (let column = -1; column < 24; column++) {
    const x = tray.x + 10 + column * pitch + (row % 2 ? pitch / 2 : 0) + radius;
    const y = top + row * rowPitch;
    const can = g.createRadialGradient(x - 3, y - 4, 1, x, y, radius);
    can.addColorStop(0, '#aab4be');
    can.addColorStop(0.55, '#6c7782');
    can.addColorStop(0.86, '#3d464f');
    can.addColorStop(1, '#1b2025');
    g.fillStyle = can;
    g.beginPath();
    g.arc(x, y, radius, 0, 2 * Math.PI);
    g.fill();
    g.strokeStyle = 'rgba(10, 13, 16, 0.75)';
    g.lineWidth = 1.6;
    g.beginPath();
    g.arc(x, y, radius * 0.55, 0, 2 * Math.PI);
    g.stroke();
    g.fillStyle = 'rgba(215, 225, 235, 0.55)';
    g.beginPath();
    g.arc(x - 1.2, y - 1.6, radius * 0.26, 0, 2 * Math.PI);
    g.fill();
  }
}
// Collector seams between the six groups of cells.
for (let group = 1; group < 6; group++) {
  const x = tray.x + 10 + ((tray.w - 20) * group) / 6;
  g.strokeStyle = 'rgba(6, 8, 10, 0.9)';
  g.lineWidth = 3.5;
  g.beginPath();
  g.moveTo(x, tray.y);
  g.lineTo(x, tray.y + tray.h);
  g.stroke();
}
// Light from above.
const shade = g.createLinearGradient(0, tray.y, 0, tray.y + tray.h);
shade.addColorStop(0, 'rgba(255, 255, 255, 0.10)');
shade.addColorStop(0.5, 'rgba(0, 0, 0, 0.12)');
shade.addColorStop(1, 'rgba(0, 0, 0, 0.45)');
g.fillStyle = shade;
g.fillRect(tray.x, tray.y, tray.w, tray.h);
g.restore();

// Kept at twice the size it has on an 800x480 display: larger displays still have something to shrink or hardly enlarge.
const kept = createCanvas(352, 158);
kept.getContext('2d').drawImage(canvas, 0, 0, kept.width, kept.height);
writeFileSync('images/module.png', kept.toBuffer('image/png', { compressionLevel: 9 }));
