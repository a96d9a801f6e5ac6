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
 * The metrics and labels that a query of Prometheus asks for.
 *
 * @param selectors what selects series
 * @param groupings the labels that it groups by
 * @author The Electron Spring authors
 */
record PromQuery(List<Selector> selectors, Set<String> groupings) {

	private static final Set<String> FUNCTIONS = Set.of("sum", "max", "rate", "increase", "histogram_quantile");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");

	private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");

	private static final Pattern NAME = Pattern.compile("(?<![\\w.])([a-zA-Z_]\\w*)\\s*(\\{[^}]*}|\\()?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|=)\\s*\"([^\"]*)\"");

	static PromQuery parse(String query) {
		Set<String> groupings = new TreeSet<>();
		Matcher grouping = GROUPING.matcher(query);
		while (grouping.find()) {
			groupings.addAll(List.of(grouping.group(1).trim().split("\\s*,\\s*")));
		}
		List<Selector> selectors = new ArrayList<>();
		Matcher name = NAME.matcher(RANGE.matcher(GROUPING.matcher(query).replaceAll("")).replaceAll(""));
		while (name.find()) {
			boolean function = "(".equals(name.group(2)) || FUNCTIONS.contains(name.group(1));
			if (function && !FUNCTIONS.contains(name.group(1))) {
				throw new IllegalArgumentException("Unknown function in " + query);
			}
			if (!function) {
				selectors.add(new Selector(name.group(1), matchers(name.group(2))));
			}
		}
		return new PromQuery(selectors, groupings);
	}

	private static Map<String, Pattern> matchers(String text) {
		Map<String, Pattern> matchers = new LinkedHashMap<>();
		Matcher matcher = MATCHER.matcher((text != null) ? text : "");
		while (matcher.find()) {
			// A variable of a dashboard stands for all of its values
			String value = matcher.group(3).replaceAll("\\$\\w+", ".*");
			matchers.put(matcher.group(1),
					Pattern.compile("=".equals(matcher.group(2)) ? Pattern.quote(matcher.group(3)) : value));
		}
		return matchers;
	}

	/**
	 * What selects series.
	 *
	 * @param metric the name of the metric
	 * @param labels the values that labels must have
	 */
	record Selector(String metric, Map<String, Pattern> labels) {

		boolean matches(Map<String, String> series) {
			return this.labels.entrySet()
				.stream()
				.allMatch((label) -> series.containsKey(label.getKey())
						&& label.getValue().matcher(series.get(label.getKey())).matches());
		}

	}

}
