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

package io.github.electronspring.resilience;

import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.api.ElectronApiException;
import io.github.electronspring.api.ElectronException;

/**
 * What came before the failure that a call ends with.
 *
 * @author The Electron Spring authors
 */
final class EarlierFailures {

	private static final int MAX_SIZE = 10;

	private final List<ElectronException> failures = new ArrayList<>();

	void add(ElectronException failure) {
		if (this.failures.size() < MAX_SIZE) {
			this.failures.add(failure);
		}
	}

	/**
	 * Add the failures to the last one.
	 * @param last what the call ends with
	 * @return the same exception
	 */
	Throwable suppressedBy(Throwable last) {
		for (ElectronException failure : this.failures) {
			if (failure != last) {
				last.addSuppressed(failure);
			}
		}
		return last;
	}

	/**
	 * Describe a failure for a log, without what the service says in it.
	 * @param failure the failure
	 * @return its status or class, and the identifier of its request
	 */
	static String describe(ElectronException failure) {
		String what = (failure instanceof ElectronApiException answer) ? "status " + answer.getStatus()
				: failure.getClass().getSimpleName();
		return (failure.getRequestId() != null) ? what + ", request id '%s'".formatted(failure.getRequestId()) : what;
	}

}
