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

package io.github.electronspring.test.faults;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * One fault on one path, and what comes of it.
 *
 * @param fault the fault
 * @param path the path
 * @param delivered the texts that the caller gets
 * @param exception the simple name of the exception that comes then, or an empty text
 * @param message how its message begins
 * @param requestId whether its message ends with the request id
 * @param electron how many requests Electron gets; that which calls the tool is not
 * counted
 * @param openAi how many requests the other provider gets
 * @author The Electron Spring authors
 */
record FaultCase(Fault fault, FaultPath path, List<String> delivered, String exception, String message,
		boolean requestId, int electron, int openAi) {

	private static final int COLUMNS = 7;

	/**
	 * Read a row of the table, whose second column may name several paths.
	 */
	static Stream<FaultCase> of(String row) {
		List<String> columns = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
		Assert.isTrue(columns.size() == COLUMNS, () -> "Not %d columns: '%s'".formatted(COLUMNS, row));
		String[] exception = columns.get(6).split(": ", 2);
		return FaultPath.of(columns.get(1))
			.map((path) -> new FaultCase(Fault.of(columns.get(0)), path, delivered(columns.get(4)), exception[0],
					exception[exception.length - 1], columns.get(5).equals("yes"), Integer.parseInt(columns.get(2)),
					Integer.parseInt(columns.get(3))));
	}

	private static List<String> delivered(String column) {
		return switch (column) {
			case "all" -> List.of(Answer.TOKENS);
			case "two of three" -> List.of(Answer.TOKENS).subList(0, 2);
			case "nothing" -> Collections.emptyList();
			default -> throw new IllegalArgumentException("Not known: '%s'".formatted(column));
		};
	}

	boolean isAnswered() {
		return this.exception.isEmpty();
	}

	@Override
	public String toString() {
		return "%s: %s".formatted(this.fault, this.path);
	}

}
