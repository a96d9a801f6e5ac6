/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.voice;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Says whether a full stop ends a sentence or an abbreviation, an initial or an ordinal.
 * The language is not known: the lists hold what does no harm in the others. In doubt the
 * sentence goes on, as two sentences spoken as one are better than one torn apart.
 *
 * @author The Electron Spring authors
 */
final class Abbreviations {

	private static final int LONGEST = 12;

	/**
	 * What is followed by a name or the rest of a phrase and ends no sentence.
	 */
	private static final Set<String> INNER = setOf(
			// Germanic
			"""
					mr mrs ms messrs dr drs prof st rev gen col capt lt sgt pres mt ft vs approx cf corp dept
					hr fr frl dipl ing bzw ca evtl ggf inkl exkl zzgl bspw vgl sog insb tgl mtl geb
					dhr mevr mw bijv incl excl t.ex bl.a fr.o.m f.eks dvs mht vha pga ekskl mnr mev mej bv
					frk t.d þ.e u.þ.b
					""",
			// Romance
			"""
					sr sra srta sres dra ing lic arq uds av avda ej aprox sigg sigra dott avv geom prof
					srs eng profa exmo exma mme mlle mgr p.ex ex dl dna mons bd env fam pje
					""",
			// Slavic and Baltic
			"""
					inż hab mec np tzn tzw tj m.in św śp ks płk ul např tzv resp cca popř příp mudr judr phdr
					rndr doc sv ul mgr npr gdin gđa dipl oz t.zv napr pvz piem t.y
					г ул пр пл наб пер просп бул проф акад доц св см напр гр гос ок т.е т.к т.н пр-т
					вул буд ім див тов бл вх ет г-н г-жа кв корп пом
					""",
			// Greek, Georgian, Armenian
			"""
					κ κα κος δρ καθ αγ οδ λεωφ δηλ βλ περ χιλ εκατ κυρ
					მაგ ქ ქუჩ პროფ დოქ ბატ ქ-ნი
					օր պրոֆ դոկ փող տիկ
					""",
			// Uralic and Turkic
			"""
					ns hra rva nt pr pl ifj özv kb ún
					sn doç yrd öğr örn bkz mah apt müh uzm
					""",
			// Semitic and Iranian
			"""
					د أ م ا ت ص س ق ه پ آ
					""",
			// Indic
			"""
					डॉ डा श्री सौ कु प्रा पं रु रू क्र ता उदा स्व सर्व मि ए बी सी डी एफ एच जे के एल एम एन पी आर एस टी यू वी
					ডা ড ডঃ মো মি প্রফে রু ইঞ্জি
					ડૉ ડો ડા શ્રી રૂ રુ પ્રો કુ સ્વ નં
					ਡਾ ਸ ਸ੍ਰ ਸ੍ਰੀ ਪ੍ਰੋ ਰੁ ਨੰ
					ଡ ଡା ଶ୍ରୀ ପ୍ରଫେ
					ரூ திரு திருமதி டாக் டாக்டர் செல்வி பேரா ஏ பி சி டி எம் கே எஸ் ஆர் ஜி வி என் எல் ஜே கி.மீ
					రూ డా శ్రీ ప్రొ నం
					ರೂ ಡಾ ಶ್ರೀ ಪ್ರೊ ನಂ
					രൂ ഡോ ശ്രീ പ്രൊഫ നം
					රු ආචාර්ය මහා
					""",
			// South-east Asia, Africa
			"""
					bpk sdr sdri tn nn dra hj jl jln kec kab prov yth pn
					tp ths pgs bs gs ts ks sđt đt tt
					gng bb gg kgg atty engr ດຣ ຮສ
					bw bi dkt mh mhe mnu nkk nksz ọgb arch alh
					""");

	/**
	 * What ends no sentence in this case: in another it is a word that often does.
	 */
	private static final Set<String> CASED = setOf("""
			Sig Hon Ud Co Ny Cad Sok Tri esim
			""");

	/**
	 * What ends no sentence after a certain word.
	 */
	private static final Set<String> PAIRS = Set.of("il sig", "al sig", "del sig", "dal sig", "gentile sig",
			"egregio sig", "certo, sig", "buongiorno sig", "na al", "przy al", "w al", "na os", "przy os", "na nám",
			"театр им", "музей им", "школа им", "улица им", "парк им", "площадь им", "университет им", "библиотека им",
			"больница им");

	/**
	 * What ends no sentence before a number.
	 */
	private static final Set<String> BEFORE_NUMBER = setOf("""
			no nos nr nro núm num nº tel tél tlf telp puh tālr p pp pag pág pàg seite abs art kap bd fig vol chap réf kl
			klo rs rp inr godz br št č čp sz kto ext ch sec par lk blg nam str bus
			jan feb mar apr jun jul aug sep sept oct okt nov dec dez dic déc
			тел ст рис табл гл стр бр д руб мыс №
			αρ τηλ σελ
			ტელ გვ ნომ
			հեռ
			טל מס
			रुपये दूर पृ कलम
			โทร sh ksh tsh
			""");

	/**
	 * What stands before an ordinal in languages that write it with a full stop, where a
	 * word in upper case may follow: the other words stand before a number that ends the
	 * sentence.
	 */
	private static final Set<String> BEFORE_ORDINAL = setOf("""
			am im den dem der die das des vom zum zur beim bis ab seit und oder jeden jeder jede jedes
			ein eine einen einem einer ihr ihre ihren ihrem ihrer mein meine meinen meinem meiner unser unsere
			unseren unserem unserer dein deine deinen sein seine dieser diese dieses diesen diesem nächsten letzten
			montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
			on the of from until
			na ve do od po za ze we
			""");

	/**
	 * Letters with full stops between them that often end a sentence.
	 */
	private static final Set<String> FINAL = setOf("""
			т.д т.п т.б a.m p.m v.v n.k o.s.v m.m u.s.w o.ä u.ä ა.შ
			""");

	private Abbreviations() {
	}

	private static Set<String> setOf(String... lists) {
		Set<String> result = new HashSet<>();
		for (String list : lists) {
			result.addAll(Arrays.asList(list.strip().split("\\s+")));
		}
		return result;
	}

	/**
	 * Return whether a sentence ends at a full stop that is followed by white space and
	 * no lower case.
	 * @param before the word before the token, empty if there is none
	 * @param token what is before the full stop, back to white space or a bracket
	 * @param next the code point after the white space
	 * @return whether it ends
	 */
	static boolean endSentence(String before, String token, int next) {
		if (token.isEmpty()) {
			return true;
		}
		int last = token.codePointBefore(token.length());
		if (Character.isDigit(last)) {
			return !isDate(token) && !(isOrdinal(token) && (Character.isDigit(next) || leadsOrdinal(before)));
		}
		if (token.length() > LONGEST) {
			return true;
		}
		String word = token.toLowerCase(Locale.ROOT);
		if (isInitial(token, last) || isAcronym(word) || isRoman(token) || INNER.contains(word) || CASED.contains(token)
				|| PAIRS.contains(before.toLowerCase(Locale.ROOT) + ' ' + word)) {
			return false;
		}
		if ((Character.isDigit(next) || next == '+') && (BEFORE_NUMBER.contains(word) || word.endsWith("str"))) {
			return false;
		}
		return !isShortThai(token, last);
	}

	private static boolean isOrdinal(String token) {
		return token.length() <= 2 && trailingDigits(token, token.length()) == token.length();
	}

	/**
	 * Return whether an ordinal is to be expected after a word, or a cardinal.
	 * @param before the word before
	 * @return whether it is so
	 */
	private static boolean leadsOrdinal(String before) {
		return before.isEmpty() || before.endsWith(",")
				|| (before.endsWith(".") && isOrdinal(before.substring(0, before.length() - 1)))
				|| BEFORE_ORDINAL.contains(before.toLowerCase(Locale.ROOT));
	}

	/**
	 * Return whether it is the day and month of a date, as 24.12 and not 29.50.
	 * @param token what is before the full stop
	 * @return whether it is so
	 */
	private static boolean isDate(String token) {
		int month = trailingDigits(token, token.length());
		int dot = token.length() - month - 1;
		if (month > 2 || dot <= 0 || dot > 2 || token.charAt(dot) != '.' || trailingDigits(token, dot) != dot) {
			return false;
		}
		return number(token, 0, dot) <= 31 && number(token, dot + 1, token.length()) <= 12;
	}

	private static int trailingDigits(String token, int end) {
		int start = end;
		while (start > 0 && Character.isDigit(token.charAt(start - 1))) {
			start--;
		}
		return end - start;
	}

	private static int number(String token, int from, int to) {
		int result = 0;
		for (int i = from; i < to && result < 100; i++) {
			result = result * 10 + Character.digit(token.charAt(i), 10);
		}
		return result;
	}

	private static boolean isInitial(String token, int last) {
		if (Letters.isEastAsian(last)) {
			return false;
		}
		if (Letters.isCaseless(last)) {
			return token.length() == Character.charCount(last);
		}
		int letters = 0;
		for (int i = 0; i < token.length(); i++) {
			int type = Character.getType(token.charAt(i));
			if (type == Character.UPPERCASE_LETTER || type == Character.LOWERCASE_LETTER) {
				letters++;
			}
			else if (type != Character.NON_SPACING_MARK) {
				return false;
			}
		}
		return letters == 1;
	}

	private static boolean isAcronym(String word) {
		for (int i = 0; i < word.length(); i++) {
			boolean letter = i % 2 == 0;
			if (letter ? !Character.isLetter(word.charAt(i)) : (word.charAt(i) != '.')) {
				return false;
			}
		}
		return word.length() > 1 && word.length() % 2 == 1 && !FINAL.contains(word);
	}

	private static boolean isRoman(String token) {
		for (int i = 0; i < token.length(); i++) {
			if ("IVXL".indexOf(token.charAt(i)) < 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isShortThai(String token, int last) {
		return last >= 0x0E01 && last <= 0x0E7F && token.length() < 5;
	}

}
