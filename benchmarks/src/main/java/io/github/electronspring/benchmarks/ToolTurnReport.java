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

package io.github.electronspring.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import tools.jackson.databind.json.JsonMapper;

/**
 * What came of the comparison, as a table and as JSON. What counts is the difference to
 * the floor in the same round; times on their own say more about the machine.
 *
 * @author The Electron Spring authors
 */
final class ToolTurnReport {

	private final Map<String, Object> environment;

	private final List<Contestant> contestants;

	private final Contestant floor;

	ToolTurnReport(Map<String, Object> environment, List<Contestant> contestants, Contestant floor) {
		this.environment = environment;
		this.contestants = contestants;
		this.floor = floor;
	}

	/**
	 * Return the report as JSON, all times in milliseconds.
	 * @return the JSON
	 */
	String json() {
		Map<String, Object> report = new LinkedHashMap<>(this.environment);
		Map<String, Object> clients = new LinkedHashMap<>();
		for (Contestant contestant : this.contestants) {
			Map<String, Object> figures = new LinkedHashMap<>();
			figures.put("turns", total(contestant).count());
			put(figures, "over-floor", overFloor(contestant));
			put(figures, "first-filler-text", filler(contestant));
			put(figures, "arguments-to-last-tool", toTool(contestant));
			put(figures, "last-tool-over-its-time", inTool(contestant));
			put(figures, "last-tool-to-request", toRequest(contestant));
			put(figures, "answer-to-text", toText(contestant));
			put(figures, "first-segment-over-floor", speechOverFloor(contestant));
			put(figures, "answer-segment-over-floor", answerSpeechOverFloor(contestant));
			put(figures, "absolute-arguments-to-answer", total(contestant));
			put(figures, "absolute-less-tools", lessTools(contestant));
			clients.put(contestant.name(), figures);
		}
		report.put("clients", clients);
		return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report);
	}

	private static void put(Map<String, Object> figures, String name, Distribution distribution) {
		figures.put(name, (distribution.count() != 0) ? distribution.toMap() : "none");
	}

	/**
	 * Return the report as tables in Markdown.
	 * @return the tables
	 */
	String table() {
		List<String> lines = new ArrayList<>();
		lines.add(row("ms: median (p10 … p90)", "turns", "**over the floor**", "first filler text",
				"less the tools' %d ms*".formatted(SlowTools.MILLIS), "arguments to answer*"));
		lines.add("|---|---|---|---|---|---|");
		for (Contestant contestant : this.contestants) {
			Distribution total = total(contestant);
			lines.add(row(contestant.name(), total.count(), overFloor(contestant), filler(contestant),
					lessTools(contestant), total));
		}
		lines.add("");
		lines.add("\\* absolute times, which mean nothing away from the machine and the run");
		lines.add("");
		lines.add(row("where the time goes, ms", "arguments to last tool", "tool over its time", "last tool to request",
				"answer's write to text"));
		lines.add("|---|---|---|---|---|");
		for (Contestant contestant : this.contestants) {
			lines.add(row(contestant.name(), toTool(contestant), inTool(contestant), toRequest(contestant),
					toText(contestant)));
		}
		lines.add("");
		lines.add(row("speech, ms over the floor", "first segment", "tool start", "answer's first segment"));
		lines.add("|---|---|---|---|");
		for (Contestant contestant : this.contestants) {
			if (contestant != this.floor && answerSpeechOverFloor(contestant).count() != 0) {
				lines.add(row(contestant.name(), speechOverFloor(contestant), toTool(contestant),
						answerSpeechOverFloor(contestant)));
			}
		}
		return String.join(System.lineSeparator(), lines);
	}

	private static String row(Object... cells) {
		return Arrays.stream(cells).map(Object::toString).collect(Collectors.joining(" | ", "| ", " |"));
	}

	private Distribution overFloor(Contestant contestant) {
		return overFloor(contestant, (times) -> true, TurnTimes::total);
	}

	private Distribution speechOverFloor(Contestant contestant) {
		return overFloor(contestant, TurnTimes::hasSpeech, (times) -> times.speech() - times.start());
	}

	private Distribution answerSpeechOverFloor(Contestant contestant) {
		return overFloor(contestant, TurnTimes::hasSpeech, (times) -> times.answerSpeech() - times.arguments());
	}

	private Distribution overFloor(Contestant contestant, Predicate<TurnTimes> filter,
			ToLongFunction<TurnTimes> value) {
		List<Long> differences = new ArrayList<>();
		for (int i = 0; i < contestant.rounds().size(); i++) {
			TurnTimes times = contestant.rounds().get(i);
			TurnTimes base = this.floor.rounds().get(i);
			if (times != null && base != null && filter.test(times)) {
				differences.add(value.applyAsLong(times) - value.applyAsLong(base));
			}
		}
		return Distribution.of(differences.stream().mapToLong(Long::longValue));
	}

	private static Distribution total(Contestant contestant) {
		return of(contestant, (times) -> true, TurnTimes::total);
	}

	private static Distribution lessTools(Contestant contestant) {
		return of(contestant, (times) -> true, (times) -> Pause.after(times.total(), -SlowTools.MILLIS));
	}

	private static Distribution filler(Contestant contestant) {
		return of(contestant, TurnTimes::hasFiller, (times) -> times.filler() - times.start());
	}

	private static Distribution toTool(Contestant contestant) {
		return of(contestant, TurnTimes::hasTools, (times) -> times.toolStart() - times.arguments());
	}

	private static Distribution inTool(Contestant contestant) {
		return of(contestant, TurnTimes::hasTools,
				(times) -> Pause.after(times.toolEnd() - times.toolStart(), -SlowTools.MILLIS));
	}

	private static Distribution toRequest(Contestant contestant) {
		return of(contestant, TurnTimes::hasTools, (times) -> times.request() - times.toolEnd());
	}

	private static Distribution toText(Contestant contestant) {
		return of(contestant, (times) -> true, (times) -> times.answer() - times.written());
	}

	private static Distribution of(Contestant contestant, Predicate<TurnTimes> filter,
			ToLongFunction<TurnTimes> value) {
		LongStream values = contestant.rounds().stream().filter(Objects::nonNull).filter(filter).mapToLong(value);
		return Distribution.of(values);
	}

}
