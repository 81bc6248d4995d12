global using System.Globalization;
global using FluentValidation;
global using FluentValidation.Results;
global using MediatR;
global using OrderIssues.Application.Common.Errors;
global using OrderIssues.Application.Common.Input;
global using OrderIssues.Domain.Issues;
global using OrderIssues.Domain.Issues.Vocabulary;
