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

package io.github.electronspring.observation;

import io.github.electronspring.api.ElectronException;
import org.jspecify.annotations.Nullable;

/**
 * Names what requests and turns fail with, without messages, in words that take few
 * values.
 *
 * @author The Electron Spring authors
 */
public final class ErrorType {

	/**
	 * The name for no error.
	 */
	public static final String NONE = "none";

	private ErrorType() {
	}

	/**
	 * Return the kind of an error.
	 * @param error the error, or {@code null} if there is none
	 * @return the simple name of the class of the {@link ElectronException} among its
	 * causes, else of its own; of a class without a name that of the class above;
	 * {@value #NONE} without an error
	 */
	public static String of(@Nullable Throwable error) {
		ElectronException failure = ElectronException.find(error);
		Throwable cause = (failure != null) ? failure : error;
		return (cause != null) ? name(cause.getClass()) : NONE;
	}

	private static String name(Class<?> type) {
		Class<?> named = type;
		while (named.isAnonymousClass() && named.getSuperclass() != null) {
			named = named.getSuperclass();
		}
		return named.getSimpleName();
	}

}
