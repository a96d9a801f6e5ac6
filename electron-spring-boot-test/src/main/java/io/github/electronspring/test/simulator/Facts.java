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

package io.github.electronspring.test.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The little that the free-running simulator knows of the world: capitals.
 *
 * @author The Electron Spring authors
 */
final class Facts {

	private static final Map<String, String> CAPITALS = new LinkedHashMap<>();

	static {
		String table = "Argentina=Buenos Aires,Australia=Canberra,Austria=Vienna,Belgium=Brussels,Brazil=Brasília,"
				+ "Canada=Ottawa,China=Beijing,Denmark=Copenhagen,Egypt=Cairo,England=London,Finland=Helsinki,"
				+ "France=Paris,Germany=Berlin,Greece=Athens,India=New Delhi,Indonesia=Jakarta,Ireland=Dublin,"
				+ "Italy=Rome,Japan=Tokyo,Kenya=Nairobi,Mexico=Mexico City,Netherlands=Amsterdam,Nigeria=Abuja,"
				+ "Norway=Oslo,Poland=Warsaw,Portugal=Lisbon,South Korea=Seoul,Spain=Madrid,Sweden=Stockholm,"
				+ "Switzerland=Bern,Turkey=Ankara,Ukraine=Kyiv,United Kingdom=London,United States=Washington";
		for (String entry : table.split(",")) {
			CAPITALS.put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
		}
	}

	private Facts() {
	}

	/**
	 * Return the capitals of the countries that a text names.
	 * @param text the text
	 * @return capitals by country, in the order of the text
	 */
	static Map<String, String> capitals(String text) {
		Map<Integer, String> countries = new TreeMap<>();
		CAPITALS.keySet().forEach((country) -> {
			Matcher matcher = Pattern.compile("\\b" + country + "\\b", Pattern.CASE_INSENSITIVE).matcher(text);
			if (matcher.find()) {
				countries.put(matcher.start(), country);
			}
		});
		Map<String, String> capitals = new LinkedHashMap<>();
		countries.values().forEach((country) -> capitals.put(country, CAPITALS.get(country)));
		return capitals;
	}

	/**
	 * Return capitals for a text that asks for some but names no country.
	 * @return capitals by country
	 */
	static Map<String, String> someCapitals() {
		return capitals("France, Japan, India");
	}

	static boolean isPlace(String name) {
		return CAPITALS.containsKey(name) || CAPITALS.containsValue(name);
	}

}
