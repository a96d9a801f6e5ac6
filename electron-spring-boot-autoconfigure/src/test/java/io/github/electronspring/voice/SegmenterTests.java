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

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Segmenter}. In the tables {@code ¦} is where the text is cut.
 *
 * @author The Electron Spring authors
 */
class SegmenterTests {

	private static final SegmentSettings DEFAULTS = SegmentSettings.defaults();

	@ParameterizedTest
	@ValueSource(strings = { "It costs $29.50 in all.", "It costs $29.50.¦Shall I?", "There are 1,024 of them.",
			"There are 1.024 of them.", "We meet on 3. October at noon.", "Am Montag, 3. Oktober um 8 Uhr.",
			"Zwischen dem 3. und dem 5. Oktober.", "Vom 24.12. Heiligabend an.", "Room 5.¦Is that fine?",
			"Die Zimmernummer ist Hundertzwanzig 5.¦Danke.", "Bei Kunze & Co. KG sind wir.", "Please call me.¦I wait.",
			"Dr. Smith and Prof. Jones.", "We sell fruit, e.g. Apples.", "Wir haben z. B. Montag frei.",
			"Wir haben z.B. Montag frei.", "J. K. Rowling wrote it.", "Č. Nowak wrote it.", "C\u030C. Nowak wrote it.",
			"See https://example.com/a.b?c=1.2!x for more.", "Write to a.b@example.com. ¦Thanks.", "It is 10.30 now.",
			"We close at 5 p.m. ¦Please come.", "From 8 a.m. on.", "At 10:30. ¦Would you come?", "The U.S. Army came.",
			"Hmm... let me see… yes.", "Hmm... ¦Let me see.", "Es sind ३.५ und ٣.٥ und ٣٫٥ Prozent.", "No. ¦I cannot.",
			"Room No. 5 is free.", "Hauptstr. 5 is it.", "On Jan. 5 we close.", "Friedrich II. Barbarossa lebte.",
			"Yahoo! is a name.", "\"Stop!\" he said.", "He said \"Stop!\" ¦Then he left.", "(It is good.) ¦Next.",
			"(e.g. Apples) are red.", "Really?! ¦Yes.", "Что?.. ¦Да.", "¡Hola!, dijo.", "„Ja.“ ¦Er ging.",
			"»Ja.« ¦»Nein.«", "« Oui ! » ¦Elle part.", "“Yes.” ¦“No.”", "Er kam. ¦„Ja“, sagte er.", "好。¦“好。”",
			"什么？！¦好。", "「はい。」¦「いいえ。」", "「はい。」と言った。", "多分3。5个。", "５．５です。", "कीमत १.५ है। ¦ठीक?", "ជា ១។៥ ។",
			"۳۔۵ ہے۔ ¦ہاں۔", "Ո՞ւր է։ ¦Այո։", "ዋጋው ፡፡ ¦ሰላም።", "Πού είναι; ¦Εδώ.", "Yes; no.", "Πού είναι\u037E ¦Εδώ.",
			"გამარჯობა. ¦მე აქ ვარ.", "Sure — 10–12 people.", "5 - 3 = 2, right?", "End .¦Next one.", "Ja. ¦3,5 km.",
			"Tel. +49 30 1234.", "Ends here.¦", "No end here" })
	void cutsSentencesOnlyWhereTheyEnd(String text) {
		List<String> expected = new ArrayList<>();
		for (String sentence : text.split("¦")) {
			expected.add(sentence.strip());
		}
		String input = text.replaceAll("([.!?]) ?¦(?=\\p{Lu})", "$1 ").replace("¦", "");
		assertThat(Segments.sentences(input)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sure, one moment,¦ please, I will have a look at it.", "Let me have a look;¦ one moment.",
			"Here is what I found:¦ nothing.", "That is possible —¦ but not today.", "That is possible—¦but not today.",
			"That is possible –¦ but not today.", "There are 1,024,000 and 10:30:00 here.", "Yes, no.",
			"بالتأكيد يا سيدي،¦ سأتحقق الآن من ذلك.", "好的，我明白了，¦马上帮您查。", "かしこまりました、¦すぐに確認します。",
			"ဟုတ်ကဲ့ရှင့် အခုချက်ချင်း စစ်ဆေးပေးပါမယ်၊¦ ခဏစောင့်ပါ။", "Հիմա կստուգեմ դա՝¦ մի վայրկյան։",
			"Μισό λεπτό παρακαλώ·¦ το κοιτάζω." })
	void firstSegmentEndsAtAClause(String text) {
		assertThat(Segments.spoken(DEFAULTS, text.replace("¦", "")))
			.containsExactly(text.replace("¦ ", "¦").split("¦"));
	}

	@Test
	void onlyTheFirstSegmentEndsAtAClause() {
		String text = "One moment, Mr. Smith, please. I have a look at it, as you wish, and tell you.";
		assertThat(Segments.spoken(DEFAULTS, text)).containsExactly("One moment, Mr. Smith,", "please.",
				"I have a look at it, as you wish, and tell you.");
	}

	@Test
	void everyAnswerOfATurnHasAShortFirstSegment() {
		List<Segment> segments = new ArrayList<>();
		Segmenter segmenter = new Segmenter(DEFAULTS, segments::add);
		segmenter.append("Let me check that for you");
		segmenter.flush();
		segmenter.append("Your balance, as of today, is 5 dollars.");
		segmenter.flush();
		assertThat(segments).containsExactly(new Segment("Let me check that for you", 0, 25),
				new Segment("Your balance, as of today,", 25, 51), new Segment("is 5 dollars.", 51, 65));
	}

	@Test
	void longTextIsCutAtClauseThenWordThenCluster() {
		SegmentSettings settings = new SegmentSettings(20, 20, 20);
		assertThat(Segments.spoken(settings, "one two, three four five six")).containsExactly("one two,",
				"three four five six");
		assertThat(Segments.spoken(settings, "one two three four five six")).containsExactly("one two three four",
				"five six");
		assertThat(Segments.spoken(settings, "a".repeat(45))).containsExactly("a".repeat(20), "a".repeat(20),
				"a".repeat(5));
		assertThat(Segments.spoken(settings, "一二三四五六七八九。")).containsExactly("一二三四五六", "七八九。");
	}

	@Test
	void longTextIsNotCutBeforeItsMark() {
		SegmentSettings settings = new SegmentSettings(9, 9, 9);
		assertThat(Segments.spoken(settings, "一二三。」四五六。")).containsExactly("一二三。」", "四五六。");
		assertThat(Segments.spoken(settings, "Bon dieu ! Oui.")).containsExactly("Bon dieu !", "Oui.");
	}

	@Test
	void amountsStayWholeInLongText() {
		assertThat(Segments.spoken(new SegmentSettings(12, 12, 12), "Das sind 1 024 567 Euro"))
			.containsExactly("Das sind", "1 024 567", "Euro");
	}

	@Test
	void spansFollowEachOther() {
		String text = "  **Hello.** World!\n\n- one\n";
		assertThat(Segments.of(DEFAULTS, text)).containsExactly(new Segment("Hello.", 0, 12),
				new Segment("World!", 12, 19), new Segment("one", 19, 26));
	}

	@Test
	void whatHasNothingToSpeakJoinsTheNextSegment() {
		assertThat(Segments.of(DEFAULTS, "... \n— \nYes.")).containsExactly(new Segment("Yes.", 0, 12));
		assertThat(Segments.of(DEFAULTS, "...!? \n 🎉")).isEmpty();
	}

	@Test
	void sentenceIsHandedOutWithTheNextWord() {
		List<Segment> segments = new ArrayList<>();
		Segmenter segmenter = new Segmenter(DEFAULTS, segments::add);
		segmenter.append("I found it. ");
		assertThat(segments).isEmpty();
		segmenter.append("T");
		assertThat(Segments.texts(segments)).containsExactly("I found it.");
	}

	@Test
	void pauseHandsOutWholeWords() {
		assertThat(spokenAtPause("Let me che")).containsExactly("Let me");
		assertThat(spokenAtPause("Let me check ")).containsExactly("Let me check");
		assertThat(spokenAtPause("Let me check.")).containsExactly("Let me check.");
		assertThat(spokenAtPause("I ask Dr.")).containsExactly("I ask");
		assertThat(spokenAtPause("I ask Dr. ")).containsExactly("I ask");
		assertThat(spokenAtPause("It costs $29.")).containsExactly("It costs");
		assertThat(spokenAtPause("At 10:")).containsExactly("At");
		assertThat(spokenAtPause("Well, so")).containsExactly("Well,");
		assertThat(spokenAtPause("See the [docs](https://exa")).containsExactly("See the");
		assertThat(spokenAtPause("一二三，四五")).containsExactly("一二三，四五");
		assertThat(spokenAtPause("Hello")).isEmpty();
		assertThat(spokenAtPause("Hi 😀".substring(0, 4))).containsExactly("Hi");
	}

	@ParameterizedTest
	@ValueSource(strings = { "请稍等", "お待ちください", "センター", "รอสักครู่นะคะ", "ກະລຸນາລໍຖ້າ", "សូមរង់ចាំ", "ခဏစောင့်ပါ" })
	void pauseHandsOutAllWhereWordsAreNotApart(String text) {
		assertThat(spokenAtPause(text)).containsExactly(text);
	}

	@Test
	void textGoesOnAfterAPause() {
		List<Segment> segments = new ArrayList<>();
		Segmenter segmenter = new Segmenter(DEFAULTS, segments::add);
		segmenter.append("It costs **$29.");
		segmenter.pause();
		segmenter.append("50** a month.");
		segmenter.flush();
		assertThat(segments).containsExactly(new Segment("It costs", 0, 8), new Segment("$29.50 a month.", 8, 28));
	}

	@Test
	void segmentTellsNoText() {
		assertThat(new Segment("secret", 0, 6)).hasToString("Segment[length=6, start=0, end=6]");
	}

	private static List<String> spokenAtPause(String text) {
		List<Segment> segments = new ArrayList<>();
		Segmenter segmenter = new Segmenter(DEFAULTS, segments::add);
		segmenter.append(text);
		segmenter.pause();
		return Segments.texts(segments);
	}

}
