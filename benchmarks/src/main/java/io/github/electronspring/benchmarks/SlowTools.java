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

import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/**
 * Two tools that take their time, and note it.
 *
 * @author The Electron Spring authors
 */
final class SlowTools {

	/** How long each tool takes. */
	static final int MILLIS = 300;

	private final LongAccumulator lastStart = new LongAccumulator(Math::max, 0);

	private final LongAccumulator lastEnd = new LongAccumulator(Math::max, 0);

	/**
	 * Return these tools for Spring AI.
	 * @return the tools
	 */
	List<ToolCallback> callbacks() {
		return List.of(
				FunctionToolCallback.<Account, String>builder("balance", (account) -> balance(account.account()))
					.description("Balance of an account")
					.inputType(Account.class)
					.build(),
				FunctionToolCallback.<Account, String>builder("limit", (account) -> limit(account.account()))
					.description("Limit of an account")
					.inputType(Account.class)
					.build());
	}

	@Tool("Balance of an account")
	String balance(@P("account id") String account) {
		return slow("Balance of " + account);
	}

	@Tool("Limit of an account")
	String limit(@P("account id") String account) {
		return slow("Limit of " + account);
	}

	private String slow(String result) {
		long start = System.nanoTime();
		this.lastStart.accumulate(start);
		Pause.until(Pause.after(start, MILLIS));
		this.lastEnd.accumulate(System.nanoTime());
		return result;
	}

	void reset() {
		this.lastStart.reset();
		this.lastEnd.reset();
	}

	long lastStart() {
		return this.lastStart.get();
	}

	long lastEnd() {
		return this.lastEnd.get();
	}

	/**
	 * The parameters of each tool.
	 *
	 * @param account the account
	 */
	record Account(String account) {
	}

}
