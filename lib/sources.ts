/** The literature whose classic results are claims; a key is the first author's name and the year. */
const citations: { readonly [key: string]: string } = {
  "balduzzi-2017":
    "D. Balduzzi et al., The shattered gradients problem: if resnets are the answer, then what is the question?, ICML 2017, arXiv:1702.08591",
  "baydin-2018":
    "A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind, Automatic differentiation in machine learning: a survey, J. Mach. Learn. Res. 18 (2018) 153",
  "bengio-2009": "Y. Bengio, J. Louradour, R. Collobert, J. Weston, Curriculum learning, ICML 2009, 41–48",
  "cybenko-1989":
    "G. Cybenko, Approximation by superpositions of a sigmoidal function, Math. Control Signals Systems 2 (1989) 303–314",
  "glorot-2010":
    "X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010, PMLR 9, 249–256",
  "goh-2017": "G. Goh, Why momentum really works, Distill (2017), doi:10.23915/distill.00006",
  "goyal-2017":
    "P. Goyal et al., Accurate, large minibatch SGD: training ImageNet in 1 hour (2017), arXiv:1706.02677",
  "hanin-2018":
    "B. Hanin, D. Rolnick, How to start training: the effect of initialization and architecture, NeurIPS 2018, arXiv:1803.01719",
  "he-2015":
    "K. He, X. Zhang, S. Ren, J. Sun, Delving deep into rectifiers: surpassing human-level performance on ImageNet classification, ICCV 2015, arXiv:1502.01852",
  "he-2016":
    "K. He, X. Zhang, S. Ren, J. Sun, Deep residual learning for image recognition, CVPR 2016, arXiv:1512.03385",
  "hornik-1991":
    "K. Hornik, Approximation capabilities of multilayer feedforward networks, Neural Networks 4 (1991) 251–257",
  "ioffe-2015":
    "S. Ioffe, C. Szegedy, Batch normalization: accelerating deep network training by reducing internal covariate shift, ICML 2015, arXiv:1502.03167",
  "karpathy-2025":
    "A. Karpathy, CS231n course notes: learning, cs231n.github.io/neural-networks-3 (licence of the notes: 2025)",
  "kingma-2015":
    "D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015, arXiv:1412.6980",
  "klambauer-2017":
    "G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, Self-normalizing neural networks, NIPS 2017, arXiv:1706.02515",
  "lecun-1990":
    "Y. Le Cun, I. Kanter, S. A. Solla, Second order properties of error surfaces: learning time and generalization, NIPS 3 (1990) 918–924",
  "mishkin-2016": "D. Mishkin, J. Matas, All you need is a good init, ICLR 2016, arXiv:1511.06422",
  "nielsen-2015": "M. A. Nielsen, Neural networks and deep learning, Determination Press (2015), chapter 5",
  "nielsen-2015-chapter-3":
    "M. A. Nielsen, Neural networks and deep learning, Determination Press (2015), chapter 3",
  "novikoff-1962":
    "A. B. J. Novikoff, On convergence proofs on perceptrons, Proc. Symp. Math. Theory of Automata 12 (1962) 615–622",
  "polyak-1964":
    "B. T. Polyak, Some methods of speeding up the convergence of iteration methods, USSR Comput. Math. Math. Phys. 4 (1964) 1–17",
  "prince-2023":
    "S. J. D. Prince, Understanding deep learning, MIT Press (2023), notebooks 11.1 and 11.3 at github.com/udlbook/udlbook",
  "raschka-2022":
    "S. Raschka, Y. Liu, V. Mirjalili, Machine learning with PyTorch and scikit-learn, Packt (2022), chapter 2, code at github.com/rasbt/machine-learning-book",
  "reddi-2018":
    "S. J. Reddi, S. Kale, S. Kumar, On the convergence of Adam and beyond, ICLR 2018, arXiv:1904.09237",
  "rumelhart-1986":
    "D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning representations by back-propagating errors, Nature 323 (1986) 533–536",
  "rumelhart-pdp-1986":
    "D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning internal representations by error propagation, in Parallel Distributed Processing 1, MIT Press (1986) 318–362",
  "santurkar-2018":
    "S. Santurkar, D. Tsipras, A. Ilyas, A. Madry, How does batch normalization help optimization?, NeurIPS 2018, arXiv:1805.11604",
  "saxe-2014":
    "A. M. Saxe, J. L. McClelland, S. Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, ICLR 2014, arXiv:1312.6120",
  "smith-2017":
    "L. N. Smith, Cyclical learning rates for training neural networks, WACV 2017, arXiv:1506.01186",
  "sprinkhuizen-1996":
    "I. G. Sprinkhuizen-Kuyper, E. J. W. Boers, The error surface of the simplest XOR network has only global minima, Neural Computation 8 (1996) 1301–1320",
  "sutskever-2013":
    "I. Sutskever, J. Martens, G. Dahl, G. Hinton, On the importance of initialization and momentum in deep learning, ICML 2013, PMLR 28, 1139–1147",
  "widrow-1960":
    "B. Widrow, M. E. Hoff, Adaptive switching circuits, IRE WESCON Convention Record 4 (1960) 96–104",
  "widrow-1976":
    "B. Widrow, J. M. McCool, M. G. Larimore, C. R. Johnson, Stationary and nonstationary learning characteristics of the LMS adaptive filter, Proc. IEEE 64 (1976) 1151–1162",
  "zhang-2021":
    "A. Zhang, Z. C. Lipton, M. Li, A. J. Smola, Dive into deep learning (2021), arXiv:2106.11342, section on numerical stability and initialization",
};

/**
 * The full citation of a source.
 * @throws if there is none under the key
 * @example
 * citationOf("goh-2017") // "G. Goh, Why momentum really works, Distill (2017), doi:10.23915/distill.00006"
 * citationOf("novikof-1962") // throws /no source "novikof-1962".*add its citation to lib\/sources\.ts/
 */
export function citationOf(key: string): string {
  const citation = Object.hasOwn(citations, key) ? citations[key] : undefined;
  if (citation === undefined)
    throw new Error(
      `claims: there is no source "${key}"; there are ${sourceKeys().join(", ")}: add its citation to lib/sources.ts`,
    );
  return citation;
}

/**
 * The keys of all sources, in order.
 * @example
 * sourceKeys()[0] // "balduzzi-2017"
 */
export function sourceKeys(): string[] {
  return Object.keys(citations).sort();
}
