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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.execution.DefaultToolCallResultConverter;
import org.springframework.ai.tool.execution.ToolCallResultConverter;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Marks a method of a bean as a tool that the model may call in every request. The bean
 * is fetched for each call, so that it may have any scope, and called through its proxy.
 * The method may also be declared on an interface or a superclass.
 * <p>
 * Parameters are described with
 * {@link org.springframework.ai.tool.annotation.ToolParam @ToolParam}; they are required
 * unless it says otherwise, or they are {@code Optional} or {@code @Nullable}. A
 * parameter of type {@link org.springframework.ai.chat.model.ToolContext} gets the
 * context of the call and is hidden from the model. The method may block: it is not
 * called on an event loop.
 *
 * @author The Electron Spring authors
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
@Tool
public @interface ElectronTool {

	/**
	 * The name of the tool: 1 to 64 letters, digits, {@code _} or {@code -}. By default
	 * the name of the method.
	 * @return the name
	 */
	@AliasFor(annotation = Tool.class, attribute = "name")
	String name() default "";

	/**
	 * What the tool does and when the model shall call it. By default the name of the
	 * method. It is input of every request, so keep it short.
	 * @return the description
	 */
	@AliasFor(annotation = Tool.class, attribute = "description")
	String description() default "";

	/**
	 * Whether the result ends the turn and goes to the caller instead of the model. By
	 * default it goes to the model.
	 * @return whether it does
	 */
	@AliasFor(annotation = Tool.class, attribute = "returnDirect")
	boolean returnDirect() default false;

	/**
	 * What makes the text for the model of the result. By default the result is written
	 * as JSON.
	 * @return the type of the converter
	 */
	@AliasFor(annotation = Tool.class, attribute = "resultConverter")
	Class<? extends ToolCallResultConverter> resultConverter() default DefaultToolCallResultConverter.class;

}
