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

package io.github.electronspring.tool;

import java.lang.reflect.Method;

import org.springframework.util.ClassUtils;

/**
 * A method with {@link ElectronTool @ElectronTool} cannot be a tool. It is thrown when
 * the application starts.
 *
 * @author The Electron Spring authors
 */
public class InvalidElectronToolException extends RuntimeException {

	private final String beanName;

	private final transient Method method;

	private final String reason;

	private final String action;

	InvalidElectronToolException(String beanName, Method method, String reason, String action) {
		super("Tool method '%s' of bean '%s' %s".formatted(ClassUtils.getQualifiedMethodName(method), beanName,
				reason));
		this.beanName = beanName;
		this.method = method;
		this.reason = reason;
		this.action = action;
	}

	/**
	 * Return the name of the bean.
	 * @return the name
	 */
	public String getBeanName() {
		return this.beanName;
	}

	/**
	 * Return the method.
	 * @return the method
	 */
	public Method getMethod() {
		return this.method;
	}

	/**
	 * Return what is wrong with the method, as the rest of a sentence that begins with
	 * it.
	 * @return the reason, for example {@code has the name 'a b'}
	 */
	public String getReason() {
		return this.reason;
	}

	/**
	 * Return what to change.
	 * @return the action as one sentence
	 */
	public String getAction() {
		return this.action;
	}

}
