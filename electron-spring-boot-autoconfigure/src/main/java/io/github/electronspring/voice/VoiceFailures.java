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

import io.github.electronspring.api.ElectronException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Exceptions;

/**
 * Says what a turn has failed with.
 *
 * @author The Electron Spring authors
 */
final class VoiceFailures {

	private static final Log logger = LogFactory.getLog(VoiceFailures.class);

	private final VoiceSettings settings;

	VoiceFailures(VoiceSettings settings) {
		this.settings = settings;
	}

	Throwable deadline() {
		return new TurnException("The turn did not end within '%d ms' ('electron.voice.deadline')"
			.formatted(this.settings.deadline().toMillis()));
	}

	Throwable nothingSaid() {
		return new TurnException("The model has answered nothing that can be spoken");
	}

	/**
	 * Log what a turn has failed with, and return what its report says.
	 * @param end how the turn ends therefore
	 * @param failure what the turn has failed with
	 * @param meter what learns of the request that failed
	 * @return one sentence
	 */
	String report(String end, Throwable failure, VoiceMeter meter) {
		String text = describe(failure, meter);
		logger.warn("A turn has ended %s (requests %s): %s".formatted(end, meter.requestIds(), text));
		return text;
	}

	/**
	 * Do what belongs to the end of a turn, which ends even if that fails: the next one
	 * waits for it.
	 * @param action what to do
	 */
	static void attempt(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			logger.warn("A turn that was to be stopped threw '%s'; its stack trace is logged at debug level"
				.formatted(ex.getClass().getName()));
			logger.debug("A turn that was to be stopped threw", ex);
		}
	}

	private static String describe(Throwable failure, VoiceMeter meter) {
		if (failure instanceof TurnException) {
			return String.valueOf(failure.getMessage());
		}
		ElectronException found = ElectronException.find(failure);
		if (found != null) {
			meter.requestFailed(found.getRequestId());
			return String.valueOf(found.getMessage());
		}
		// Without the message of the failure: it may hold what was said
		String text = "The turn failed with '%s'".formatted(failure.getClass().getName());
		logger.debug(text, failure);
		return text;
	}

	/**
	 * What a turn fails with that nobody has thrown.
	 */
	@SuppressWarnings("serial")
	private static final class TurnException extends RuntimeException {

		private TurnException(String message) {
			super(message, null, false, false);
		}

	}

}
