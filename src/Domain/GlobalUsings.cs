global using System.Globalization;
global using OrderIssues.Domain.Issues.Vocabulary;
