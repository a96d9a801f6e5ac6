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

package io.github.electronspring.samples.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus reads from an application.
 *
 * @param series the labels of each series by the name of its metric
 * @author The Electron Spring authors
 */
record Scrape(Map<String, List<Map<String, String>>> series) {

	private static final Pattern LINE = Pattern
		.compile("([a-zA-Z_:][\\w:]*)(?:\\{((?:[^}\"]|\"(?:[^\"\\\\]|\\\\.)*\")*)})? \\S+(?: #.*)?");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	/**
	 * Labels that Prometheus adds.
	 */
	private static final Set<String> OF_TARGET = Set.of("instance", "job");

	static Scrape parse(String text) {
		Map<String, List<Map<String, String>>> series = new LinkedHashMap<>();
		text.lines().filter((line) -> !line.startsWith("#")).forEach((line) -> {
			Matcher matcher = LINE.matcher(line);
			if (!matcher.matches()) {
				throw new IllegalArgumentException(line);
			}
			series.computeIfAbsent(matcher.group(1), (name) -> new ArrayList<>()).add(labels(matcher.group(2)));
		});
		return new Scrape(series);
	}

	private static Map<String, String> labels(String text) {
		Map<String, String> labels = new LinkedHashMap<>();
		Matcher matcher = LABEL.matcher((text != null) ? text : "");
		while (matcher.find()) {
			labels.put(matcher.group(1), matcher.group(2));
		}
		return labels;
	}

	boolean matches(PromQuery.Selector selector) {
		return this.series.getOrDefault(selector.metric(), List.of()).stream().anyMatch(selector::matches);
	}

	/**
	 * Return the labels that a metric has.
	 * @param metric the name of the metric
	 */
	Set<String> labelNames(String metric) {
		Set<String> names = new TreeSet<>(OF_TARGET);
		this.series.getOrDefault(metric, List.of()).forEach((labels) -> names.addAll(labels.keySet()));
		return names;
	}

}
