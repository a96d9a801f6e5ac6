// The languages to choose from, and what one can ask in them: as the simulator understands it too.

const SUGGESTIONS = {
  en: ['Where is my order 1002?', 'Status of order 1001 and my bonus points', 'Book a repair service for order 1003 on Monday'],
  de: ['Wie ist der Status von 1002?', 'Status von 1001 und mein Bonus', 'Bitte den Service für 1003 buchen'],
  es: ['¿Cuál es el status de 1002?', 'Status de 1001 y mi bonus', 'Quiero un service para 1003'],
  fr: ['Quel est le status de 1002 ?', 'Status de 1001 et mon bonus', 'Je voudrais un service pour 1003'],
  hi: ['1002 का status क्या है?', '1001 का status और मेरा bonus', '1003 के लिए service बुक करें'],
};

// How the browser names the languages
export const LOCALES = { en: 'en-US', de: 'de-DE', es: 'es-ES', fr: 'fr-FR', hi: 'hi-IN' };

const $ = (id) => document.getElementById(id);

export function showLanguages(tags) {
  const chosen = localStorage.getItem('language') || navigator.language.split('-')[0];
  $('language').replaceChildren(...tags.map((tag) => {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
    const option = new Option(name.charAt(0).toLocaleUpperCase(tag) + name.slice(1), tag, false, tag === chosen);
    option.lang = tag;
    return option;
  }));
}

// Shows what one can ask in the chosen language
export function showSuggestions(ask) {
  const language = $('language').value;
  $('suggestions').replaceChildren(...(SUGGESTIONS[language] || SUGGESTIONS.en).map((text) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.lang = language;
    button.textContent = text;
    button.addEventListener('click', () => ask(text));
    return button;
  }));
}
