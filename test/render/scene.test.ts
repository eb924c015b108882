import { Scene, type Widget } from '../../src/render/scene';
import { Surface } from '../../src/render/surface';

/** A bar that reaches one pixel over the left and the lower edge of its bounds, as the edge of a letter may. */
const careless: Widget<{ readonly colour: string }> = {
  bounds: { x: 10, y: 10, width: 20, height: 10 },
  paint(context, { colour }) {
    context.fillStyle = colour;
    context.fillRect(9, 10, 21, 11);
  },
};

test('what a widget paints beyond its bounds is not seen, so nothing of it stays behind', () => {
  const scene = new Scene(60, 40, (context) => {
    context.fillStyle = '#000';
    context.fillRect(0, 0, 60, 40);
  });
  const bar = scene.add(careless);
  const [parts, whole] = [new Surface(60, 40), new Surface(60, 40)];
  bar.show({ colour: '#fff' });
  parts.show(scene);
  parts.repaint();
  bar.show({ colour: '#222' });
  expect(parts.repaint()).toEqual([careless.bounds]);
  whole.show(scene);
  whole.repaint();
  expect(parts.canvas.toBuffer('raw').equals(whole.canvas.toBuffer('raw'))).toBe(true);
  const pixel = (x: number, y: number): number => whole.canvas.toBuffer('raw').readUInt32LE((y * 60 + x) * 4);
  expect([pixel(9, 12), pixel(10, 12), pixel(12, 20)].map((argb) => argb.toString(16))).toEqual([
    'ff000000',
    'ff222222',
    'ff000000',
  ]);
});
