global using System.Globalization;
global using OrderIssues.Application.Common.Errors;
global using OrderIssues.Domain.Issues;
