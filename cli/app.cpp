// SPDX-License-Identifier: MIT
namespace davit {}
