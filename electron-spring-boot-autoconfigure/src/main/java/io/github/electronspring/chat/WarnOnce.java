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

package io.github.electronspring.chat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs each warning about options once, because options come with every call.
 *
 * @author The Electron Spring authors
 */
final class WarnOnce {

	private static final int MAX_WARNINGS = 100;

	private static final Log logger = LogFactory.getLog(ElectronChatOptions.class);

	private static final Set<String> given = ConcurrentHashMap.newKeySet();

	private WarnOnce() {
	}

	static void warn(String message) {
		if (given.size() < MAX_WARNINGS && given.add(message)) {
			logger.warn(message);
		}
	}

}
