/**
 * The triangles that separate the inside from the outside corners of a cube: one word for each of the
 * sets of inside corners 1 … 127, three letters a triangle, each letter an edge at whose middle the
 * corner of the triangle lies. The sets 128 … 254 are the complements, with the triangles turned round.
 *
 * Corner c has its bits at y (1), z (2) and x (4). Which of the possible triangulations is drawn decides
 * the surface area; these are the ones that give PyRadiomics' areas and volumes, found by comparison.
 */
const TRIANGLES =
  'cab aed cdbedc fgb cfgafc fgbaed cegefgdfe hfd cfbahcdhahfc fehfae cfbehchfc dgbdhg ' +
  'chgahcdha agbehgaeg chgehc icj jabiaj icjaed jdbidjedi cjigbf jfgifjafi aedgbfcji ' +
  'jfgifjefidfe icjhfd jhbihjahidhahfb acjfajhfjehjiej jfbifjefihfe hidgihjigibdcbi ' +
  'jhgiajahjdha gehgiegjicba jegiejehg eik cabeik akdaik ckbikckdb fgbeik cfgafceik ' +
  'fgbakdaik cfgifckfidfk idekfihfkfdi cfbifckfihfkade fkhfikfai cfbifckfihfk ' +
  'igbihgikhdibdei chgihckhidea agbkhgakgaik chgihckhi kcjkec jkbkabeak dcjdackdj jdbkdj ' +
  'ejkcjegbf jfgkejefjafe jkdajdacjgbf jfgkdjdfj fcjfecfdekfjkhf jkbkfbhfkdea kcjfackfckhf ' +
  'jkbkfbhfk kcekjcdghdbg jhgkhjdea gkhgjkcba jhgkhj ljg bcajgl ljgaed bedbcejgl fjbflj ' +
  'cljalcfla fjbfljaed cljedcdlcfld fjgdljdhlfdj hadlahjalcajgfb fjghljehjaejfaj ' +
  'cehlchljcbgf djbdljdhl cljalcdlahld ajbaljahlaeh cljehchlc lcglic gablagial lcglicaed ' +
  'gdbligidgedi fcbficfli fiafli fcbficfliaed fedfiefli dcgdicdlidhlfdg gfbhadlahial ' +
  'clgilcefhafe gfblehlie dcblicdlcdhl hadlahial acblehlie lehlie ljgeik eikjglbca ' +
  'ljgakdaik bkdbikbcijgl fjbfljeik cljalcflaeik fjbfljakdaik cljikckdcdfcflc ' +
  'fjgfijfeifdelkh gfbcijlkhade fjgfijfailkh lkhjcibgf djbdijdeilkh cijlkhdea ajbaijlkh ' +
  'cijlkh ecgleglke gablagkaleak lcglacldalkd gkblkgkdb fcbkecfkcflk elkalefla ' +
  'fcbdackdclkcflc fkdflk ecgfegfdehlk gfbdeahlk fcgfaclkh gfblkh dcbdeclkh dealkh acblkh ' +
  'lkh';

/** The two corners of each edge, a to l. */
export const CUBE_EDGES = [
  [0, 1],
  [0, 2],
  [0, 4],
  [1, 3],
  [1, 5],
  [2, 3],
  [2, 6],
  [3, 7],
  [4, 5],
  [4, 6],
  [5, 7],
  [6, 7],
] as const;

/** For each set of inside corners, the edges of its triangles, three each. */
export function cubeTriangles(): number[][] {
  const words = TRIANGLES.split(' ').map((word) =>
    Array.from(word, (letter) => letter.charCodeAt(0) - 97),
  );
  const turned = words.map((edges) => edges.toReversed());
  return [[], ...words, ...turned.reverse(), []];
}
