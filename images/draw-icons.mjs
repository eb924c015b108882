// Draws the icons that a phone shows for the page, src/web-page/icon-*.png: the dial of icon.svg.
// Run `node images/draw-icons.mjs` from the project's root to make them anew.
import { writeFileSync } from 'node:fs';
import { createCanvas } from 'canvas';

/** Arcs in the 32 units of icon.svg: where they begin and end on the clock face, in degrees from three o'clock. */
const arcs = [
  { from: 130, to: 230, colour: '#2f8fff' },
  { from: -50, to: 0, colour: '#1a2027' },
  { from: 0, to: 50, colour: '#35d07f' },
];

/**
 * @param size px @param corner radius in 32 units @param part of the edge that the dial takes: what a phone cuts into a shape of
 * its own keeps a middle of 80 %
 */
function draw(file, size, corner, part) {
  const canvas = createCanvas(size, size);
  const g = canvas.getContext('2d');
  g.scale(size / 32, size / 32);
  g.fillStyle = '#000000';
  g.beginPath();
  g.roundRect(0, 0, 32, 32, corner);
  g.fill();
  g.translate(16, 16);
  g.scale(part, part);
  const arc = (radius, from, to, width, colour) => {
    g.beginPath();
    g.arc(0, 0, radius, (from * Math.PI) / 180, (to * Math.PI) / 180);
    g.lineWidth = width;
    g.strokeStyle = colour;
    g.stroke();
  };
  arc(14, 0, 360, 1.2, '#262d35');
  for (const { from, to, colour } of arcs) arc(10.6, from, to, 4, colour);
  writeFileSync(`src/web-page/${file}.png`, canvas.toBuffer('image/png'));
}

draw('icon-192', 192, 7, 1);
draw('icon-512', 512, 7, 1);
draw('icon-maskable-192', 192, 0, 0.74);
draw('icon-maskable-512', 512, 0, 0.74);
