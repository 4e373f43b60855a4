// Draws a figure with plotly when its reader asks for it: the page itself stays small.

interface Plotly {
  newPlot(element: Element, data: unknown, layout: object, config: object): Promise<unknown>;
}

let loading: Promise<Plotly> | undefined;

function loadPlotly(): Promise<Plotly> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = 'assets/plotly.min.js';
    script.onload = () => resolve((globalThis as unknown as { Plotly: Plotly }).Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
}

async function draw(button: HTMLButtonElement): Promise<void> {
  const name = button.dataset.figure!;
  const { data, layout } = JSON.parse(document.getElementById(`figure-${name}`)!.textContent!);
  const place = document.getElementById(`plot-${name}`)!;
  const plotly = await loadPlotly();
  place.replaceChildren();
  // The picture's size is for paper: here the figure is as wide as its page.
  await plotly.newPlot(place, data, { ...layout, width: place.clientWidth }, { responsive: true });
  button.remove();
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-figure]')) {
  button.addEventListener('click', () => void draw(button));
}
