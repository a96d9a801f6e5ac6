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

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpokenText} and {@link MarkdownReader}: what is spoken of what the
 * model sends. In the tables {@code ¦} is where the text is cut.
 *
 * @author The Electron Spring authors
 */
class SpokenTextTests {

	static Stream<Arguments> leavesMarksOut() {
		return Stream.of(Arguments.of("**Hello** *you* and ***them***", "Hello you and them"),
				Arguments.of("**Note:** this", "Note: this"), Arguments.of("__Hello__ _you_", "Hello you"),
				Arguments.of("这是**重要**的。", "这是重要的。"), Arguments.of("~~old~~ new", "old new"),
				Arguments.of("run `mvn test` now", "run mvn test now"), Arguments.of("# Title\ntext", "Title¦text"),
				Arguments.of("### Title", "Title"),
				Arguments.of("- one\n- two\n  * three\n+ four\n• five", "one¦two¦three¦four¦five"),
				Arguments.of("1. One\n2. Two\n3) Three", "One¦Two¦Three"),
				Arguments.of("1. Juice\n2. Mail\n3. Decaf", "Juice¦Mail¦Decaf"),
				Arguments.of("See [the docs](https://example.com/a_(b) \"T\") now", "See the docs now"),
				Arguments.of("![A cat](cat.png) here", "A cat here"), Arguments.of("> quoted", "quoted"),
				Arguments.of("a\n---\nb\n***\nc\n___\nd", "a¦b¦c¦d"),
				Arguments.of("| Day | Open |\n|:---|---:|\n| Mon | -5 |\n| Tue! | so |", "Day, Open¦Mon, -5¦Tue! so"),
				Arguments.of("```json\nx = 1\n```\ndone", "x = 1¦done"), Arguments.of("```x``` y", "x y"),
				Arguments.of("\\*no mark\\* and \\$5", "*no mark* and $5"), Arguments.of("**Open", "Open"),
				Arguments.of("[Open", "Open"), Arguments.of("[a](b c d", "a c d"),
				Arguments.of("[Open](https://exa", "Open"), Arguments.of("word *", "word"),
				Arguments.of("Hello!**", "Hello!"), Arguments.of("It is **5** or **5 euros**.", "It is 5 or 5 euros."),
				Arguments.of("Say *see* 5 and *this*.", "Say see 5 and this."));
	}

	@ParameterizedTest
	@MethodSource
	void leavesMarksOut(String text, String spoken) {
		assertThat(Segments.sentences(text)).containsExactly(spoken.split("¦"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Dial *121# to see", "*121# is it", "Press *. Then wait", "Press * or #", "5 * 3 is 15",
			"5*3 is 15", "2**3 is 8", "a 5* hotel", "snake_case and a_b", "#5 is it", "about ~5 minutes",
			"12% of $1,024", "-5 degrees", "+49 30 1234", "3. Oktober geht", "3. Stock links", "1. Mai geht",
			"1. Oktober", "1. leden je volno", "1. 10. geht", "10.30 geht", "1234. Then", "5", "42.", "5 < 6 > 4",
			"a | b", "20 °C, 68 ℉, № 5, 5 €, 5 ₹, ㎏", "C# and F#", "wow !", "Oui ! non", "2 + 2 = 4", "x ± 3 × 4" })
	void keepsWhatIsNoMark(String text) {
		assertThat(Segments.sentences(text)).hasSizeGreaterThanOrEqualTo(1);
		assertThat(String.join(" ", Segments.sentences(text))).isEqualTo(text);
	}

	static Stream<Arguments> leavesSymbolsOut() {
		return Stream.of(Arguments.of("Great 🎉! Yes 👍🏽.", "Great!¦Yes."), Arguments.of("👨‍👩‍👧 family", "family"),
				Arguments.of("🇩🇪🇫🇷 both", "both"), Arguments.of("I ❤️ it", "I it"),
				Arguments.of("1️⃣ First", "First"), Arguments.of("Call 1️⃣2️⃣ now", "Call now"),
				Arguments.of("✅ Done\n❌ Not", "Done¦Not"), Arguments.of("A → B", "A B"),
				Arguments.of("Acme™ and Foo®", "Acme and Foo"), Arguments.of("a\u200Bb\u00ADc\uFEFF", "abc"),
				Arguments.of("می\u200Cخواهم", "می\u200Cخواهم"), Arguments.of("क्\u200Dष", "क्\u200Dष"),
				Arguments.of("a\uD83D b\uDE00 c", "a b c"), Arguments.of("a \t b\u00A0c\u3000d", "a b c d"),
				Arguments.of("a\r\nb\u2028c", "a¦b¦c"));
	}

	@ParameterizedTest
	@MethodSource
	void leavesSymbolsOut(String text, String spoken) {
		assertThat(Segments.sentences(text)).containsExactly(spoken.split("¦"));
	}

	@Test
	void marksBelongToTheTextTheyEnclose() {
		assertThat(Segments.of(Segments.SENTENCES, "**One.** [Two.](u) _Three._")).extracting(Segment::end)
			.containsExactly(8, 18, 27);
		assertThat(Segments.of(Segments.SENTENCES, "一。**二。**三。")).extracting(Segment::end).containsExactly(2, 8, 10);
	}

}
