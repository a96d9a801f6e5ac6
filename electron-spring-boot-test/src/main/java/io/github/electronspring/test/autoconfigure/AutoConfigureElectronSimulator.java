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

package io.github.electronspring.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.electronspring.autoconfigure.ElectronConnectionDetails;
import io.github.electronspring.test.simulator.ElectronSimulator;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Annotation for a test class that starts an {@link ElectronSimulator} with the
 * application context and has the application talk to it: it supplies the
 * {@link ElectronConnectionDetails}. A test injects the simulator, says which responses
 * come and reads back what has arrived. The simulator is {@link ElectronSimulator#reset()
 * reset} after each test.
 *
 * @author The Electron Spring authors
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("electron.simulator")
public @interface AutoConfigureElectronSimulator {

	/**
	 * Whether the simulator is started. Defaults to {@code true}; a subclass can turn off
	 * what it inherits.
	 * @return whether the simulator is started
	 */
	boolean enabled() default true;

	/**
	 * Whether the simulator thinks up an answer when no script is left. Defaults to
	 * {@code false}: such a request is answered with an error.
	 * @return whether the simulator is free-running
	 */
	boolean freeRunning() default false;

	/**
	 * The time to the first token of free-running answers, such as {@code 250ms}.
	 * Defaults to none.
	 * @return the time to the first token
	 */
	String timeToFirstToken() default "0ms";

	/**
	 * The time between two tokens of free-running answers, such as {@code 8ms}. Defaults
	 * to none.
	 * @return the time between two tokens
	 */
	String timeBetweenTokens() default "0ms";

}
