import type { SiteModel } from '../content';
import { html } from '../html';
import type { Page } from '../page';

/** The data sheet of FER-2013 (Gebru et al. 2021, arXiv 1803.09010), misuse, and what the trainings cost. */
export function dataSheetPage(models: readonly SiteModel[]): Page {
  const networks = models.filter(({ run }) => run.kind === 'network');
  const hours = networks.reduce((sum, { results }) => sum + results.classifier.seconds, 0) / 3600;
  const [first] = models;
  return {
    file: 'data.html',
    title: 'Data and ethics',
    body: html`<h2>Origin</h2>
<p>FER-2013 was collected for a contest in 2013 (Goodfellow et al., arXiv 1307.0414). Its makers searched the web for words of emotion, cropped the faces to 48 by 48 grey pixels, and had people remove wrong labels. The label of an image is the word that found it. It is not what the person felt, and not what observers agreed on.</p>
<h2>Composition</h2>
<p>The data set has ${first?.results.dataset.images.toLocaleString('en')} images in seven classes and three parts. Classes are uneven: 8,989 images are labelled Happy and 547 Disgust. 1,853 rows copy an earlier image, and 288 of the 3,589 PrivateTest images have an exact copy in Training. Twelve images are black. These are the counts of Kaggle's own file.</p>
<h2>Label noise</h2>
<p>Copies of the same image carry the same label in 94.2 % of 2,418 pairs, in 95.6 % without the black images. Ten raters labelled the images again (FER+, Barsoum et al. 2016). For two thirds of the images, their leading choice is the label.</p>
<h2>Who is missing</h2>
<p>There are no labels of age, gender or skin colour. Differences between groups cannot be measured, and labels guessed by a program would distort them. The people in the images were not asked.</p>
<h2>What must not be done with it</h2>
<p>A model that names the label of a photograph does not know what a person feels. Do not use these models to judge people: not in hiring, schools, policing, medicine, at borders or in cars. In the European Union, Article 5(1)(f) of the AI Act prohibits systems that infer the emotions of people at work and in education, except for medical or safety reasons.</p>
<h2>Distribution</h2>
<p>Neither this site nor the repository contains images of FER-2013. Users bring their own copy.</p>
<h2>Training cost</h2>
<p>The trainings of the ${networks.length} published networks took <strong>${hours.toFixed(1)} hours</strong> of wall time on two processor cores each. The energy was not measured; assuming 20 watts for two server cores, it is about ${(hours * 0.02).toFixed(2)} kWh. Published teachers are included. Studies and unpublished trainings are not.</p>`,
  };
}
